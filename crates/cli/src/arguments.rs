//! What can be written behind `footnote`.

mod examples;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use engine::Overrides;
use engine::api::{LeftOut, Place};

/// Answers questions from your own documents, with footnotes that open the page.
///
/// Without an endpoint the built-in models do the work, and nothing leaves this computer. The endpoint's key is read from
/// FOOTNOTE_API_KEY only.
#[derive(Parser)]
#[command(name = "footnote", version, after_help = examples::FOOTNOTE, after_long_help = examples::FOOTNOTE_AT_LENGTH)]
pub(crate) struct Arguments {
    /// Print JSON: the result, or what went wrong.
    #[arg(long, global = true, display_order = 900)]
    pub(crate) json: bool,
    /// The library's directory, or the address of a team's (postgres://member@host/database); the platform's place for data
    /// where it is not given.
    #[arg(
        long,
        env = "FOOTNOTE_LIBRARY",
        value_name = "DIR",
        global = true,
        help_heading = "For every command"
    )]
    pub(crate) library: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) endpoint: EndpointFlags,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The OpenAI-compatible endpoint; each flag goes before the variable of its name, and that before the settings file.
#[derive(Args)]
#[command(next_help_heading = "For every command")]
pub(crate) struct EndpointFlags {
    /// A well-known endpoint, such as deepinfra or ollama (FOOTNOTE_PRESET).
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) preset: Option<String>,
    /// Its address, with or without /v1 (FOOTNOTE_BASE_URL).
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) base_url: Option<String>,
    /// The model that writes (FOOTNOTE_CHAT_MODEL).
    #[arg(long, value_name = "MODEL", global = true)]
    pub(crate) chat_model: Option<String>,
    /// The model that embeds (FOOTNOTE_EMBEDDING_MODEL).
    #[arg(long, value_name = "MODEL", global = true)]
    pub(crate) embedding_model: Option<String>,
    /// The address of the endpoint that embeds, where it is another one (FOOTNOTE_EMBEDDING_BASE_URL).
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) embedding_base_url: Option<String>,
    /// The model that makes pictures (FOOTNOTE_IMAGE_MODEL).
    #[arg(long, value_name = "MODEL", global = true)]
    pub(crate) image_model: Option<String>,
    /// The model that reads pages that are pictures (FOOTNOTE_VISION_MODEL).
    #[arg(long, value_name = "MODEL", global = true)]
    pub(crate) vision_model: Option<String>,
    /// The model that puts the passages found in order, or `chat` for the model that writes (FOOTNOTE_RERANK_MODEL).
    #[arg(long, value_name = "MODEL", global = true)]
    pub(crate) rerank_model: Option<String>,
}

impl EndpointFlags {
    pub(crate) fn overrides(self) -> Overrides {
        let variables = Overrides::from_environment();
        Overrides {
            preset: self.preset.or(variables.preset),
            base_url: self.base_url.or(variables.base_url),
            api_key: variables.api_key,
            chat_model: self.chat_model.or(variables.chat_model),
            embedding_model: self.embedding_model.or(variables.embedding_model),
            embedding_base_url: self.embedding_base_url.or(variables.embedding_base_url),
            image_model: self.image_model.or(variables.image_model),
            vision_model: self.vision_model.or(variables.vision_model),
            rerank_model: self.rerank_model.or(variables.rerank_model),
            second_opinions: variables.second_opinions,
            hub: variables.hub,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Index folders and files, and remember the folders.
    #[command(after_help = examples::ADD)]
    Add(Add),
    /// Look at the folders again and take in only what changed.
    Sync(Sync),
    /// Try the password of a team's library (--library) and keep it in the keychain: asked for on the terminal, else a line of the
    /// standard input.
    Join,
    /// List the jobs that have not come to their end; end them, let them rest or go on.
    #[command(after_help = examples::JOBS)]
    Jobs {
        #[command(subcommand)]
        command: Option<JobsCommand>,
    },
    /// List the folders and documents of the library.
    List(List),
    /// Take folders and files out of the library; what is on disk stays.
    #[command(after_help = examples::REMOVE)]
    Remove(Remove),
    /// Read in a file that is locked with a password: asked for on the terminal, else a line of the standard input.
    #[command(after_help = examples::UNLOCK)]
    Unlock(Unlock),
    /// Have pages that are pictures read by the endpoint's vision model, after asking.
    Recognise(Recognise),
    /// List the passages that fit a query best.
    #[command(after_help = examples::SEARCH)]
    Search(Search),
    /// Answer a question, with citations.
    #[command(after_help = examples::ASK)]
    Ask(Ask),
    /// Measure how well retrieval finds the pages that are known to answer questions.
    #[command(after_help = examples::EVAL)]
    Eval(Eval),
    /// Find, read and manage the conversations that were kept.
    #[command(after_help = examples::CONVERSATIONS)]
    Conversations {
        #[command(subcommand)]
        command: ConversationsCommand,
    },
    /// Show how much the library holds, and which files failed.
    Status,
    /// Write library, conversations and settings into one file, without keys, while Footnote runs.
    #[command(after_help = examples::BACKUP)]
    Backup(Backup),
    /// Put a backup in the place of library, conversations and settings, after asking; it is checked before anything is
    /// replaced.
    #[command(after_help = examples::BACKUP)]
    Restore(Restore),
    /// Look the library through, mend what is wrong with it, and say what was done.
    Doctor,
    /// Show what left this computer: requests to endpoints with what they sent and took, by day and purpose.
    #[command(after_help = examples::LEDGER)]
    Ledger(Ledger),
    /// List the models that run on this computer and those that can be installed; install, choose and remove them.
    #[command(after_help = examples::MODELS)]
    Models {
        #[command(subcommand)]
        command: Option<ModelsCommand>,
    },
    /// List the embeddings that are kept, by their models; estimate what more take, change between them, drop some.
    #[command(after_help = examples::EMBEDDINGS)]
    Embeddings {
        #[command(subcommand)]
        command: Option<EmbeddingsCommand>,
    },
    /// Find out about the endpoint.
    Endpoint {
        #[command(subcommand)]
        command: EndpointCommand,
    },
    /// Make a picture.
    Image(Image),
    /// Let another program's model search and ask the library: an MCP server on standard input and output.
    #[command(after_help = examples::MCP)]
    Mcp(Mcp),
    /// Let programs on this computer ask the library over HTTP: an API like OpenAI's, and MCP.
    #[command(after_help = examples::SERVE)]
    Serve(Serve),
    /// Print what completes commands in a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Write the manual pages into a folder.
    #[command(after_help = examples::MAN)]
    Man {
        /// The folder; it is created.
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum ModelsCommand {
    /// Fetch one from a hub and install it, after asking: Hugging Face, or the one in HF_ENDPOINT.
    Install {
        /// What the list calls it by.
        name: String,
        /// Fetch it without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Install the one in a folder: an ONNX model with its tokenizer.json and config.json, as hubs have it.
    Import {
        /// The folder, whose name it is called by from then on.
        folder: PathBuf,
    },
    /// Have one embed or rerank, in the place of an endpoint's or of the one that comes with Footnote.
    Use {
        /// What the list calls it by.
        name: String,
    },
    /// Remove one, and what has been fetched of one.
    Remove {
        /// What the list calls it by.
        name: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum EmbeddingsCommand {
    /// Say what it takes to embed all that the model in use has no vector for: texts, tokens, price where it is known, and
    /// time. No text of the library is sent.
    Estimate,
    /// Search by some that are kept, at once, and embed with their model from now on.
    Use {
        /// Their id.
        id: i64,
    },
    /// Forget some.
    Drop {
        /// Their id.
        id: i64,
    },
}

#[derive(Subcommand)]
pub(crate) enum JobsCommand {
    /// Do those that were left undone when their process ended.
    Run,
    /// Let one rest once what is under way is done, also where a window does it. It rests until it is let go on.
    Pause {
        /// The job's id.
        id: i64,
    },
    /// Let one go on.
    Resume {
        /// The job's id.
        id: i64,
    },
    /// End one, also where a window does it; what it has finished is kept.
    Cancel {
        /// The job's id.
        id: i64,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConversationsCommand {
    /// List them, the last one written to first.
    List {
        /// Only those whose title, questions or answers hold each of these words, or their beginnings.
        #[arg(value_name = "WORDS")]
        query: Option<String>,
    },
    /// Write one out, with its quotes, pages and links.
    Export {
        /// The conversation's id.
        id: i64,
        /// Where it goes; to stdout where it is not given.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Give one another title.
    Rename {
        /// The conversation's id.
        id: i64,
        /// The new title.
        title: String,
    },
    /// Say that a citation was right: `footnote eval --from-answers` then takes the marked ones of its answer alone.
    Mark {
        /// The answer's own id: "message" in what `footnote ask --json` prints.
        message: i64,
        /// Which of its citations, counted from 1.
        #[arg(value_parser = clap::value_parser!(u32).range(1..))]
        citation: u32,
        /// Take the mark back.
        #[arg(long)]
        undo: bool,
    },
    /// Remove one with its answers and pictures.
    Delete {
        /// The conversation's id.
        id: i64,
    },
}

#[derive(Subcommand)]
pub(crate) enum EndpointCommand {
    /// Try what it can do; costs some dozens of small calls.
    Check,
}

#[derive(Args)]
pub(crate) struct Mcp {
    /// Write the server into the settings of a program that is to use it, after asking; what stood there is kept in a
    /// copy beside them.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) install: Option<Host>,
    /// Write it without asking.
    #[arg(long, requires = "install")]
    pub(crate) yes: bool,
}

/// Every call needs the token in FOOTNOTE_SERVER_TOKEN; without one, a new token is made and shown. Web pages cannot
/// call, and other computers do not reach it.
#[derive(Args)]
pub(crate) struct Serve {
    /// Where it listens on this computer; any free port where it is 0.
    #[arg(long, default_value_t = 7433)]
    pub(crate) port: u16,
}

/// Programs that keep the MCP servers they use in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Host {
    ClaudeDesktop,
    Cursor,
    GeminiCli,
    #[value(name = "lmstudio")]
    LmStudio,
    #[value(name = "vscode")]
    VsCode,
    Windsurf,
}

#[derive(Args)]
pub(crate) struct Backup {
    /// Where it goes; a file of this name is replaced once the backup is whole.
    pub(crate) file: PathBuf,
}

#[derive(Args)]
pub(crate) struct Restore {
    /// The backup.
    pub(crate) file: PathBuf,
    /// Replace what the library holds without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct Ledger {
    /// Show so many of the last requests, each by itself.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) last: u32,
}

#[derive(Args)]
pub(crate) struct Image {
    /// What it shows.
    pub(crate) prompt: String,
    /// Where it goes.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Width and height in pixels, such as 1024x1024.
    #[arg(long)]
    pub(crate) size: Option<String>,
}

#[derive(Args)]
pub(crate) struct Add {
    /// Folders and files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Sync {
    /// Read every document again, changed or not, as after an update that reads documents better.
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct List {
    /// Only these.
    pub(crate) what: Option<Listed>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    Folders,
    Documents,
}

#[derive(Args)]
pub(crate) struct Remove {
    /// Watched folders, which are forgotten; or files and folders in them, which are left out until they are added again.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Unlock {
    /// The file.
    pub(crate) file: PathBuf,
    /// Keep the password in the system's keychain, so that the file opens whenever it is read again.
    #[arg(long)]
    pub(crate) remember: bool,
}

#[derive(Args)]
pub(crate) struct Recognise {
    /// Files of the library, or folders with such; all of the library where there are none.
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// Send the pages without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Where to look. The same can be said in the text: @file, folder:, type:, before: and after:.
#[derive(Args)]
pub(crate) struct Where {
    /// Only documents of this name, or whose path or file name matches this glob.
    #[arg(long, value_name = "GLOB")]
    pub(crate) document: Option<String>,
    /// Only documents below this folder.
    #[arg(long, value_name = "PATH")]
    pub(crate) folder: Option<String>,
    /// Only documents whose file has this extension; may be given more than once.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) types: Vec<String>,
    /// Only documents whose file was changed before this year, month or day, such as 2024-05.
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<String>,
    /// Only documents whose file was changed in this year, month or day, or later.
    #[arg(long, value_name = "DATE")]
    pub(crate) after: Option<String>,
}

impl From<Where> for Place {
    fn from(place: Where) -> Self {
        let Where { document, folder, types, before, after } = place;
        Self { document_id: None, document, folder, types, before, after }
    }
}

#[derive(Args)]
pub(crate) struct Search {
    /// Words or a question; `-` reads it from the standard input.
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// How many passages at most.
    #[arg(short = 'k', long = "limit", value_name = "N", default_value_t = 10)]
    pub(crate) limit: u32,
    /// Show where each passage stands in each step of the search, and what of its score comes from there.
    #[arg(long)]
    pub(crate) explain: bool,
    /// With --explain: show it of this page instead, found or not: a file of the library and a page, counted from 1.
    #[arg(long, value_name = "FILE:PAGE", requires = "explain", value_parser = parse_page)]
    pub(crate) page: Option<PageOf>,
    #[command(flatten)]
    pub(crate) place: Where,
}

/// A page, as a person names it.
#[derive(Clone)]
pub(crate) struct PageOf {
    /// By its path or the end of it.
    pub(crate) document: String,
    pub(crate) page: u32,
}

fn parse_page(named: &str) -> Result<PageOf, String> {
    let parts = named.rsplit_once(':');
    let parts = parts.and_then(|(document, page)| Some((document.to_owned(), page.parse().ok()?)));
    match parts {
        Some((document, page)) if page > 0 => Ok(PageOf { document, page }),
        _ => Err("a page is a file and a number, such as lease.pdf:3".to_owned()),
    }
}

#[derive(Args)]
pub(crate) struct Ask {
    /// The question; `-` reads it from the standard input.
    #[arg(required = true, value_name = "QUESTION")]
    pub(crate) question: Vec<String>,
    /// Go on with this conversation.
    #[arg(long, value_name = "ID", group = "follow_up")]
    pub(crate) conversation: Option<i64>,
    /// Go on with the last conversation.
    #[arg(short, long = "continue", group = "follow_up")]
    pub(crate) go_on: bool,
    /// In a conversation: search for this, in place of what would be made of the question and the conversation.
    #[arg(long, value_name = "QUESTION", requires = "follow_up")]
    pub(crate) standalone: Option<String>,
    #[command(flatten)]
    pub(crate) place: Where,
    /// Have the chat model judge each cited sentence, right behind the answer; `=never` goes before what is set
    /// (FOOTNOTE_SECOND_OPINION).
    #[arg(
        long,
        value_name = "WHEN",
        value_parser = ["always", "never"],
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "always"
    )]
    pub(crate) second_opinion: Option<String>,
    /// With --json: print one event a line while the answer comes in.
    #[arg(long, requires = "json")]
    pub(crate) stream: bool,
}

#[derive(Args)]
pub(crate) struct Eval {
    /// Files of questions, one JSON object a line, or folders with a questions.jsonl: "question", "document" (the
    /// end of its path) and "pages".
    #[arg(required_unless_present_any = ["from_answers", "claims"], value_name = "FILE")]
    pub(crate) questions: Vec<PathBuf>,
    /// Show what has changed, question by question, since these results were printed with --json.
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
    /// Show where each known page of one question stood after each step.
    #[arg(long, value_name = "ID")]
    pub(crate) explain: Option<String>,
    /// Leave out a step: lexical, pages, phrases, dense, surroundings, names, amounts, structure, join.
    #[arg(long, value_name = "STEP", value_parser = parse_step)]
    pub(crate) without: Vec<LeftOut>,
    /// Search only the documents that are known to answer, as where a question names its document.
    #[arg(long)]
    pub(crate) within: bool,
    /// Print the questions of your conversations with the pages that their answers cite, one a line, instead. Look
    /// through them, and keep the lines whose pages are right.
    #[arg(long, conflicts_with = "questions")]
    pub(crate) from_answers: bool,
    /// Ask the questions for answers instead, and measure how often these cite a known page and a known document, and
    /// how often they say rightly and wrongly that the documents hold no answer. A question with "unanswerable" should
    /// be refused.
    #[arg(long, conflicts_with_all = ["from_answers", "claims", "explain", "compare", "without", "within"])]
    pub(crate) answers: bool,
    /// Measure the check of citations instead, with claims that people have judged, one JSON object a line: "id",
    /// "claim", "label" (supported, partly or unsupported), "evidence" (sentences of the page) and "supporting" (the
    /// places of those that carry the claim). Of several lines with one id the best counts.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["questions", "from_answers"])]
    pub(crate) claims: Option<PathBuf>,
}

fn parse_step(step: &str) -> Result<LeftOut, String> {
    let value = serde_json::Value::from(step);
    serde_json::from_value(value).map_err(|_| {
        "the steps are lexical, pages, phrases, dense, surroundings, names, amounts, structure, join"
            .to_owned()
    })
}
