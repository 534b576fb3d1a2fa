//! What can go wrong when a model is installed.

use std::io;
use std::path::PathBuf;

use inference::InferenceError;

/// Why a model was not installed. `Display` is for developers.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// There is no place for models.
    #[error("the system names no folder for data")]
    NoPlace,
    /// The hub failed.
    #[error("a call of {host} failed")]
    Hub {
        /// The hub.
        host: String,
        /// How.
        source: endpoint::Error,
    },
    /// A model without this file is none that Footnote runs.
    #[error("{file} is not there")]
    Missing {
        /// Its path in the model's folder.
        file: String,
        /// The folder, or the hub's.
        place: String,
    },
    /// A file has another length than the hub says.
    #[error("{file} has {received} bytes and not {expected}")]
    WrongLength {
        /// Its path in the model's folder.
        file: String,
        /// What the hub says.
        expected: u64,
        /// What came.
        received: u64,
    },
    /// A file is not the one that the hub speaks of.
    #[error("{file} has another checksum")]
    WrongChecksum {
        /// Its path in the model's folder.
        file: String,
    },
    /// There is no such model to remove.
    #[error("{0} is not installed")]
    NotInstalled(String),
    /// It is being installed.
    #[error("another process installs {0}")]
    Busy(String),
    /// This file does not say how much the model reads.
    #[error("the model does not say how much it reads")]
    WithoutLength(PathBuf),
    /// By this file it tells more than two classes apart, and grades no passages.
    #[error("the model tells more than two classes apart")]
    ManyClasses(PathBuf),
    /// The model was made with something that this version does not compute.
    #[error("{part} is not known")]
    UnknownPart {
        /// The file that names it.
        path: PathBuf,
        /// Its name.
        part: String,
    },
    /// A file that describes the model makes no sense.
    #[error("the model is not described as this version knows")]
    Undescribed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A file cannot be read or written.
    #[error("a file cannot be read or written")]
    File {
        /// The file, or the folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It does not work, and was thrown away.
    #[error("the model does not work")]
    Unusable(#[source] InferenceError),
    /// A fault of Footnote.
    #[error("the installation ended in the midst of its work")]
    Crashed,
}
