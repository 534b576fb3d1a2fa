//! What a job did, and what kept it from doing more.

use std::path::PathBuf;

use models::ModelError;

/// What a job did.
#[derive(Debug, Default)]
pub struct Report {
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
    /// Pages read.
    pub pages: u32,
    /// Chunks embedded.
    pub chunks: u32,
    /// Chunks that are longer than the model reads; their beginnings were embedded.
    pub shortened: u64,
    /// Files that gave a reason instead of text, and folders that could not be looked into.
    pub failures: Vec<FailedFile>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// What kept chunks from being embedded. Their documents are found by their words, and the next job embeds
    /// the rest.
    pub embedding_error: Option<IngestError>,
}

/// A file that gave a reason instead of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedFile {
    /// Its path.
    pub path: PathBuf,
    /// A stable word for the kind of failure.
    pub code: String,
    /// What happened and what to do, for people.
    pub reason: String,
}

/// What ends a job early.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A path that a person named is not there.
    #[error("{} cannot be opened: {source}. Check the path.", .path.display())]
    NoSuchPath {
        /// As given.
        path: PathBuf,
        /// The operating system's words.
        source: std::io::Error,
    },
    /// The library cannot be read or written.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The embedding model gave no vectors.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A fault of ours.
    #[error(
        "Indexing stopped because of a fault in Footnote. The documents finished until then are kept; try again."
    )]
    Crashed,
}
