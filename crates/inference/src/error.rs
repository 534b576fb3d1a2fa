//! What can go wrong with a model.

use std::io;
use std::path::PathBuf;

/// Why a model gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum InferenceError {
    /// A file of the model cannot be read.
    #[error("{} of the model cannot be read ({source}). Install the model again.", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The bytes of a file are not those that its model was published with.
    #[error("{} of the model is damaged: its checksum is another. Install the model again.", .0.display())]
    Damaged(PathBuf),
    /// `model.json` is none, or speaks of something that this version does not know.
    #[error("{} describes no model that this version of Footnote can run: {source}", .path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The model does something else.
    #[error("The model {model} is not made for this: {wanted} are wanted.")]
    OtherTask {
        /// Its name.
        model: String,
        /// What was asked of it.
        wanted: &'static str,
    },
    /// The runtime cannot make a model of the file.
    #[error("The model {model} cannot be loaded: {reason}. Choose another model.")]
    NotLoaded {
        /// Its name.
        model: String,
        /// The runtime's words.
        reason: String,
    },
    /// The model failed, or gave numbers of another shape than models of its kind do.
    #[error("The model {model} cannot be run: {reason}. Choose another model.")]
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
