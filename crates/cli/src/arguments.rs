//! What can be written behind `footnote`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Answers questions from your own documents, with footnotes that open the page.
///
/// FOOTNOTE_BASE_URL, FOOTNOTE_API_KEY, FOOTNOTE_CHAT_MODEL, FOOTNOTE_EMBEDDING_MODEL and
/// FOOTNOTE_EMBEDDING_BASE_URL name an OpenAI-compatible endpoint; without one the built-in models do the work and
/// nothing leaves this computer.
#[derive(Parser)]
#[command(name = "footnote", version)]
pub(crate) struct Arguments {
    /// The library's directory; the platform's place for data where it is not given.
    #[arg(long, env = "FOOTNOTE_LIBRARY", value_name = "DIR", global = true)]
    pub(crate) library: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Index folders and files, and remember the folders.
    Add(Add),
    /// Look at the folders again and take in only what changed.
    Sync(Sync),
    /// List the passages that fit a query best.
    Search(Search),
    /// Answer a question, with citations.
    Ask(Ask),
    /// Show what the library holds.
    Status(Status),
}

#[derive(Args)]
pub(crate) struct Add {
    /// Folders and files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Sync {
    /// Print the summary as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where to look.
#[derive(Args)]
pub(crate) struct Where {
    /// Only documents whose path or file name matches this glob.
    #[arg(long, value_name = "GLOB")]
    pub(crate) document: Option<String>,
    /// Only documents below this folder.
    #[arg(long, value_name = "PATH")]
    pub(crate) folder: Option<String>,
}

#[derive(Args)]
pub(crate) struct Search {
    /// Words or a question.
    pub(crate) query: String,
    /// How many passages at most.
    #[arg(short = 'k', long = "limit", value_name = "N", default_value_t = 10)]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) place: Where,
    /// Print the passages as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Ask {
    /// The question.
    pub(crate) question: String,
    /// Go on with this conversation.
    #[arg(long, value_name = "ID")]
    pub(crate) conversation: Option<i64>,
    #[command(flatten)]
    pub(crate) place: Where,
    /// Print the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// With --json: print one event a line while the answer comes in.
    #[arg(long, requires = "json")]
    pub(crate) stream: bool,
}

#[derive(Args)]
pub(crate) struct Status {
    /// Print the status as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
