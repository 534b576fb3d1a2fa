//! What can go wrong with a library, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ffi::ErrorCode;

use crate::{ConversationId, DocumentId, MessageId};

/// What the calls of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call did not do what it says. Nothing of a call that failed was stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process changes this library.
    #[error("another Footnote is changing the library in {}; let it finish or close it, then try again", .0.display())]
    InUse(PathBuf),
    /// The database was locked by another process for longer than a call waits.
    #[error("{} is locked by another program; try again when that has finished", .0.display())]
    Locked(PathBuf),
    /// The library may only be read.
    #[error("{} may only be read; change the rights of its folder, or use another library", .0.display())]
    ReadOnly(PathBuf),
    /// No space is left for the database.
    #[error("no space is left to store {}; free some, then try again", .0.display())]
    DiskFull(PathBuf),
    /// The database was written by a later version of Footnote.
    #[error("{} was written by a newer Footnote (schema {found}, this one knows {known}); install the newer one", .file.display())]
    NewerSchema {
        /// The database.
        file: PathBuf,
        /// The schema it has.
        found: usize,
        /// The latest schema that this version knows.
        known: usize,
    },
    /// The database's bytes make no sense.
    #[error("{} is damaged; move it away (or put a backup in its place) and add your folders again", .file.display())]
    Damaged {
        /// The database.
        file: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// SQLite refused for another reason.
    #[error("{} could not be used", .file.display())]
    Database {
        /// The database.
        file: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A step of the schema's history failed.
    #[error("{} could not be brought to this version's schema", .file.display())]
    Migration {
        /// The database.
        file: PathBuf,
        /// The step's own error.
        source: rusqlite_migration::Error,
    },
    /// The file system refused.
    #[error("{} could not be used; check that its folder exists and may be written", .file.display())]
    File {
        /// The file or folder.
        file: PathBuf,
        /// Its answer.
        source: io::Error,
    },
    /// The vector index could not be saved; it is built again at the next start.
    #[error(transparent)]
    SaveIndex(#[from] vectors::SaveError),
    /// A vector does not fit the embedding space.
    #[error(transparent)]
    Vector(#[from] vectors::VectorError),
    /// The document is gone.
    #[error("document {} is no longer in the library", .0.0)]
    NoDocument(DocumentId),
    /// The conversation is gone.
    #[error("conversation {} is no longer in the library", .0.0)]
    NoConversation(ConversationId),
    /// The message is gone.
    #[error("answer {} is no longer in the library", .0.0)]
    NoMessage(MessageId),
}

impl Error {
    pub(crate) fn database(file: &Path, source: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(file),
            Some(ErrorCode::DiskFull) => Self::DiskFull(file),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(file),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { file, source },
            _ => Self::Database { file, source },
        }
    }

    pub(crate) fn file(file: &Path, source: io::Error) -> Self {
        let file = file.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(file),
            _ => Self::File { file, source },
        }
    }
}
