//! What can go wrong when a model is installed.

use std::io;
use std::path::PathBuf;

use endpoint::ErrorKind;
use inference::InferenceError;

/// Why a model was not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// There is no place for models.
    #[error("The system names no folder for Footnote's data. Name one for models in FOOTNOTE_MODELS.")]
    NoPlace,
    /// The hub failed.
    #[error("{}", hub_words(.host, .source))]
    Hub {
        /// The hub.
        host: String,
        /// How.
        source: endpoint::Error,
    },
    /// A model without this file is none that Footnote runs.
    #[error(
        "{place} has no {file}. Footnote runs models that are there as ONNX, with their tokenizer: choose another one."
    )]
    Missing {
        /// Its path in the model's folder.
        file: String,
        /// The folder, or the hub's.
        place: String,
    },
    /// A file has another length than the hub says.
    #[error(
        "{file} has {received} bytes, and the hub says {expected}. It was thrown away: try again, or name another hub in HF_ENDPOINT."
    )]
    WrongLength {
        /// Its path in the model's folder.
        file: String,
        /// What the hub says.
        expected: u64,
        /// What came.
        received: u64,
    },
    /// A file is not the one that the hub speaks of.
    #[error(
        "{file} is damaged: its checksum is not the hub's. It was thrown away: try again, or name another hub in HF_ENDPOINT."
    )]
    WrongChecksum {
        /// Its path in the model's folder.
        file: String,
    },
    /// There is no such model to remove.
    #[error("{0} is no model that was installed. `footnote models` lists those that are.")]
    NotInstalled(String),
    /// It is being installed.
    #[error("{0} is being installed by another Footnote. Wait until it is, or stop it there.")]
    Busy(String),
    /// A file of the model says something that this version does not know.
    #[error("The model cannot be run by this version of Footnote: in {}, {reason}. Choose another one.", .path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What is not known.
        reason: String,
    },
    /// A file cannot be read or written.
    #[error("{} cannot be read or written: {source}. Look whether it is there, and whether there is room.", .path.display())]
    File {
        /// The file, or the folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It does not work, and was thrown away.
    #[error("The model was thrown away, for it does not work: {0}")]
    Unusable(InferenceError),
    /// A fault of Footnote.
    #[error("The installation ended in the midst of its work. Try again.")]
    Crashed,
}

fn hub_words(host: &str, error: &endpoint::Error) -> String {
    let call = error.call().map(|call| format!(" ({call})")).unwrap_or_default();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::Unauthorized | ErrorKind::Forbidden => {
            format!(
                "{host} does not have the model, or not for everybody{call}. Name another hub in HF_ENDPOINT."
            )
        }
        ErrorKind::Protocol(_) | ErrorKind::EmptyAnswer | ErrorKind::InvalidProfile(_) => {
            format!("{host} does not answer as a model hub does{call}. Check the address in HF_ENDPOINT.")
        }
        _ => format!("{error} What has been fetched of the model is kept, and not fetched again."),
    }
}
