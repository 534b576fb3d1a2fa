use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ApiError, ErrorMessage, Failure};

/// Folders and files to take in.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AddRequest {
    /// Folders are remembered and looked at again by a sync; files are taken in once.
    pub paths: Vec<PathBuf>,
}

/// What happens while folders and files are taken in. The last event is always `Finished`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum IndexEvent {
    /// Where the work stands; sent a few times a second at most.
    Progress {
        /// The counts so far.
        progress: IndexProgress,
    },
    /// The end, whatever the reason.
    Finished {
        /// What was done.
        summary: IndexSummary,
    },
}

/// Where the work stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IndexProgress {
    /// The job's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub job: i64,
    /// What is being done.
    pub stage: IndexStage,
    /// Files found so far that Footnote reads.
    pub files_total: u32,
    /// Files that are through, whatever came of them.
    pub files_done: u32,
    /// Files that gave a reason instead of text.
    pub files_failed: u32,
    /// Pages read in this run.
    pub pages: u32,
    /// Pages that the vision model has to read.
    pub pages_to_recognise: u32,
    /// Those of them that are through, whatever came of them.
    pub pages_recognised: u32,
    /// Chunks to embed, as far as known.
    pub chunks_total: u32,
    /// Chunks embedded in this run.
    pub chunks_done: u32,
    /// The name of a file being read now.
    pub current: Option<String>,
    /// Whether it rests until it is told to go on.
    pub paused: bool,
    /// Why the embedding model's endpoint has to be asked again, while that goes on.
    pub waiting: Option<ErrorMessage>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum IndexStage {
    /// Looking for files.
    #[default]
    Walking,
    /// Reading them; their chunks are embedded meanwhile.
    Reading,
    /// Having pages read by the vision model; the chunks of documents that are through are embedded meanwhile.
    Recognising,
    /// Embedding the rest.
    Embedding,
    /// Writing the vector index.
    Saving,
}

/// What was done.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IndexSummary {
    /// How the work ended.
    pub outcome: IndexOutcome,
    /// Why it ended early, where `outcome` is `failed`.
    pub error: Option<ApiError>,
    /// Documents that are new.
    pub added: u32,
    /// Documents whose content had changed.
    pub updated: u32,
    /// Documents that stand at another path now.
    pub moved: u32,
    /// Documents whose file is gone.
    pub removed: u32,
    /// Files that had not changed.
    pub unchanged: u32,
    /// Files that gave a reason instead of text, and paths that were named and are not there.
    pub failures: Vec<Failure>,
    /// Files in the folders that Footnote does not read, and folders that it does not look into, counted by their kinds.
    pub passed_over: Vec<PassedOver>,
    /// Folders where nothing to read was left: a drive that is not connected, or all was deleted. Their documents are
    /// kept until a person removes them.
    pub away: Vec<AwayFolder>,
    /// Pages that the vision model did not read; the reason names the page.
    pub unread_pages: Vec<Failure>,
    /// Files with passages that the embedding model gave no vector for, though it did for others; the reason counts
    /// them.
    pub unembedded: Vec<Failure>,
    /// Pages read.
    pub pages: u32,
    /// Chunks embedded, those whose vectors were already known included; where there is no model, those stored.
    pub chunks: u32,
    /// Chunks that are longer than the embedding model reads; their ends are found by their words only.
    pub shortened: u32,
    /// How long it took.
    pub seconds: f64,
}

/// Files and folders of one kind that Footnote does not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PassedOver {
    /// What is known of them.
    pub kind: FileKind,
    /// How many.
    pub files: u32,
}

/// What is known of a file that Footnote does not read, or of a folder that it does not look into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum FileKind {
    /// What its name ends with, in small letters.
    Extension(String),
    /// Its name ends with nothing that could be called an extension.
    NoExtension,
    /// It is a link to another file or folder.
    Link,
    /// It is hidden: a file, or a folder with all in it.
    Hidden,
    /// It is a folder of another program's files, or a file that one works with.
    OfPrograms,
    /// A `.footnoteignore` or `.gitignore` names it: a file, or a folder with all in it.
    Ignored,
}

/// A folder where nothing to read is left though documents of it are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AwayFolder {
    /// Its path.
    pub folder: String,
    /// The documents that are kept.
    pub documents: u32,
}

/// How the work ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum IndexOutcome {
    /// Everything was looked at.
    #[default]
    Completed,
    /// It was cancelled; the documents finished until then are kept.
    Cancelled,
    /// It could not go on; the documents finished until then are kept.
    Failed,
}
