//! Examples for the help and the manual.

pub(super) const FOOTNOTE: &str = "\
Examples:
  footnote add ~/Documents/reports          index a folder, and remember it
  footnote ask \"When was the light lit?\"    an answer with its footnotes
  footnote ask --continue \"By whom?\"        a follow-up
  footnote search \"tide gauge\" -k 5         the passages alone

`footnote COMMAND --help` has more for each command.";

pub(super) const FOOTNOTE_AT_LENGTH: &str = "\
Examples:
  footnote add ~/Documents/reports          index a folder, and remember it
  footnote ask \"When was the light lit?\"    an answer with its footnotes
  footnote ask --continue \"By whom?\"        a follow-up
  footnote search \"tide gauge\" -k 5         the passages alone

Results go to the standard output, all else to the standard error. NO_COLOR turns colours off; without a terminal there
are neither colours nor progress nor questions to you.

Exit status:
  0  done; that the documents hold no answer is an answer, too
  1  failed; with --json, an object with \"error\" says why
  2  the command makes no sense";

pub(super) const EMBEDDINGS: &str = "\
Examples:
  footnote --embedding-model BAAI/bge-m3 embeddings estimate
  footnote --embedding-model BAAI/bge-m3 sync     searched by the former model until all is embedded
  footnote embeddings                             what is kept, and what it takes
  footnote embeddings use 1                       back to the former model, at once
  footnote embeddings drop 2";

pub(super) const JOBS: &str = "\
Examples:
  footnote jobs               what is under way, in a window too, and what was left undone
  footnote jobs run           do what was left undone
  footnote jobs pause 3       let a job rest, in a window too";

pub(super) const ADD: &str = "\
Examples:
  footnote add ~/Documents/reports minutes.pdf
  footnote add . --json | jq .failures      the files that could not be read";

pub(super) const REMOVE: &str = "\
Examples:
  footnote remove ~/Documents/old           forget a folder
  footnote remove ~/Documents/reports/a.pdf leave a file out of its folder";

pub(super) const UNLOCK: &str = "\
Examples:
  footnote unlock statement.pdf --remember
  pass show bank | footnote unlock statement.pdf";

pub(super) const SEARCH: &str = "\
Examples:
  footnote search tide gauge @report.pdf
  footnote search \"net income\" type:pdf after:2023 -k 20
  footnote search \"net income\" --explain --page report.pdf:12
  footnote search gauge --json | jq -r '.passages[].document'";

pub(super) const ASK: &str = "\
Examples:
  footnote ask \"When was the light lit?\"
  footnote ask \"What did it cost?\" @report.pdf after:2023
  footnote ask --continue \"And the year before?\"
  xclip -o | footnote ask -                 a question from elsewhere
  footnote ask \"What did it cost?\" > answer.md
  footnote ask \"What did it cost?\" --json | jq .citations";

pub(super) const CONVERSATIONS: &str = "\
Examples:
  footnote conversations list tide
  footnote conversations export 7 -o tides.md";

pub(super) const EVAL: &str = "\
Examples:
  footnote eval --from-answers > mine.jsonl
  footnote eval mine.jsonl --json > before.json
  footnote eval mine.jsonl --compare before.json";

pub(super) const MODELS: &str = "\
Examples:
  footnote models
  footnote models install multilingual-e5-small";

pub(super) const MCP: &str = "\
Examples:
  footnote mcp --install claude-desktop
  claude mcp add footnote -- footnote mcp";

pub(super) const SERVE: &str = "\
Examples:
  footnote serve
  FOOTNOTE_SERVER_TOKEN=… footnote serve --port 8080
  curl -H \"Authorization: Bearer $TOKEN\" http://127.0.0.1:7433/v1/models";

pub(super) const COMPLETIONS: &str = "\
Examples:
  footnote completions bash > ~/.local/share/bash-completion/completions/footnote
  footnote completions zsh > ~/.zfunc/_footnote         with ~/.zfunc in fpath
  footnote completions fish > ~/.config/fish/completions/footnote.fish
  footnote completions powershell >> $PROFILE";

pub(super) const MAN: &str = "\
Examples:
  footnote man ~/.local/share/man/man1 && man footnote";

pub(super) const LEDGER: &str = "\
Examples:
  footnote ledger                           sums by day and purpose
  footnote ledger --last 20                 with each of the last requests";

pub(super) const BACKUP: &str = "\
Examples:
  footnote backup ~/backups/library.footnote
  footnote --library ~/elsewhere restore ~/backups/library.footnote";
