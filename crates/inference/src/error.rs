//! What can go wrong with a model.

use std::io;
use std::path::PathBuf;

/// Why a model gave nothing. `Display` is for developers, and names no file.
#[derive(Debug, thiserror::Error)]
pub enum InferenceError {
    /// A file of the model cannot be read.
    #[error("a file of the model cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The bytes of a file are not those that its model was published with.
    #[error("a file of the model has another checksum")]
    Damaged(PathBuf),
    /// `model.json` is none, or speaks of something that this version does not know.
    #[error("the model is not described as this version knows")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The model does something else.
    #[error("{0} does something else")]
    OtherTask(String),
    /// The runtime cannot make a model of the file.
    #[error("{model} cannot be loaded: {reason}")]
    NotLoaded {
        /// Its name.
        model: String,
        /// The runtime's words.
        reason: String,
    },
    /// The model failed, or gave numbers of another shape than models of its kind do.
    #[error("{model} cannot be run: {reason}")]
    Failed {
        /// Its name.
        model: String,
        /// The runtime's words.
        reason: String,
    },
    /// Whoever asked does not want it any more.
    #[error("cancelled")]
    Cancelled,
}
