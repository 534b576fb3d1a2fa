//! What can go wrong with a library, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ffi::ErrorCode;

use crate::write_lock::Holder;
use crate::{ConversationId, DocumentId, MessageId};

/// What the calls of this crate return.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call did not do what it says. Nothing of a call that failed was stored. `Display` is for developers, and names no
/// file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process changes this library.
    #[error("another process changes the library")]
    InUse {
        /// The library's folder.
        directory: PathBuf,
        /// Which process that is, where it said so.
        holder: Option<Holder>,
    },
    /// The database was locked by another process for longer than a call waits.
    #[error("another process holds the database locked")]
    Locked(PathBuf),
    /// The library may only be read.
    #[error("the library may only be read")]
    ReadOnly(PathBuf),
    /// No space is left for the database.
    #[error("no space is left")]
    DiskFull(PathBuf),
    /// The database was written by a later version of Footnote.
    #[error("the database has schema {found}, and {known} is the latest known")]
    NewerSchema {
        /// The database.
        file: PathBuf,
        /// The schema it has.
        found: usize,
        /// The latest schema that this version knows.
        known: usize,
    },
    /// The database's bytes make no sense.
    #[error("the database is damaged")]
    Damaged {
        /// The database.
        file: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A file is no backup of a library.
    #[error("the file is no backup")]
    NoBackup(PathBuf),
    /// A backup is not what it was when it was made.
    #[error("the backup is damaged")]
    BackupDamaged(PathBuf),
    /// SQLite refused for another reason.
    #[error("SQLite refused")]
    Database {
        /// The database.
        file: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A step of the schema's history failed.
    #[error("the schema could not be changed")]
    Migration {
        /// The database.
        file: PathBuf,
        /// The step's own error.
        source: rusqlite_migration::Error,
    },
    /// The file system refused.
    #[error("the file system refused")]
    File {
        /// The file or folder.
        file: PathBuf,
        /// Its answer.
        source: io::Error,
    },
    /// The vector index could not be saved; it is built again at the next start.
    #[error(transparent)]
    SaveIndex(#[from] vectors::SaveError),
    /// The index of words could not be read or written.
    #[error("the index of words in {} could not be used; free some space or check its rights, or remove it: it is made anew", .directory.display())]
    Words {
        /// Its folder.
        directory: PathBuf,
        /// What Tantivy says.
        source: Box<tantivy::TantivyError>,
    },
    /// A vector does not fit the embedding space.
    #[error(transparent)]
    Vector(#[from] vectors::VectorError),
    /// The server that keeps a team's library did not do it.
    #[error("the server of a team's library refused: {refusal:?}")]
    Server {
        /// Its host and database.
        server: String,
        /// What it did not do.
        refusal: ServerRefusal,
        /// What it says, where it says something.
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
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

/// What the server of a team's library did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerRefusal {
    /// It could not be reached, or broke off.
    Unreachable,
    /// It does not let this member in.
    Login,
    /// The member's role may not do this.
    NotAllowed,
    /// It took longer than a call waits.
    TookTooLong,
    /// It has no pgvector of version 0.8 or later.
    NoPgvector,
    /// A later version of Footnote has changed the library.
    TooNew,
    /// It keeps no library yet, and the member's role may not begin one.
    NotBegun,
    /// Only a library on this computer can do it.
    OnThisComputerOnly,
    /// Anything else.
    Other,
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

    pub(crate) fn words(directory: &Path, source: tantivy::TantivyError) -> Self {
        match source {
            tantivy::TantivyError::IoError(error) if error.kind() == io::ErrorKind::StorageFull => {
                Self::DiskFull(directory.to_owned())
            }
            source => Self::Words { directory: directory.to_owned(), source: Box::new(source) },
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
