use serde::Serialize;

use super::{IndexEvent, IndexProgress};

/// Work that was asked for and has not come to its end. It outlives the window: what is left of it is done at the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Job {
    /// What it is called by.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// What is to be done.
    pub work: JobWork,
    /// How far that is.
    pub state: JobState,
    /// Where it stands, once it has begun in this process.
    pub progress: Option<IndexProgress>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum JobWork {
    /// Folders and files are taken in: these.
    Add(Vec<String>),
    /// The remembered folders and files are compared with what is known of them; all, where none is named.
    Sync(Vec<String>),
    /// All documents are read again.
    ReadAgain,
    /// What the embedding model has no vector for is embedded.
    Embed,
    /// The vision model reads pages of so many documents.
    Recognise(u32),
    /// A later version of Footnote has asked for it.
    Unknown,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum JobState {
    /// Others come first.
    Waiting,
    /// It is being done.
    Running,
    /// Another Footnote does it.
    Elsewhere,
    /// It rests until a person lets it go on.
    Paused,
    /// Whoever did it ended early; a window does the rest, and so does `footnote jobs run`.
    Left,
}

/// What happens by itself while the library is watched.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum WatchEvent {
    /// Other jobs wait, rest or run than before.
    Jobs {
        /// In the order in which they were asked for.
        jobs: Vec<Job>,
    },
    /// The folders are watched from now on.
    Watching {
        /// Those that the system does not watch, as it has no handles left or is a network's: they are compared now and then.
        compared: Vec<String>,
    },
    /// A folder or a drive has come or gone: nothing was to be done but to say so.
    Looked,
    /// Work that began by itself, and has something to do.
    Index {
        /// What happens in it.
        told: Box<IndexEvent>,
    },
}
