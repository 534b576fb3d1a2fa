//! The errors of models in this process as a shell shows them.

use ::models::{InferenceError, InstallError};
use endpoint::ErrorKind;

use super::Shown;
use crate::api::{ErrorCode, ErrorMessage, LocalModelError};
use crate::overview::text;

impl Shown for InferenceError {
    fn code(&self) -> ErrorCode {
        ErrorCode::Endpoint
    }

    fn message(&self) -> ErrorMessage {
        let message = match self {
            Self::Unreadable { path, source } => {
                LocalModelError::ModelUnreadable { file: text(path), detail: source.to_string() }
            }
            Self::Damaged(path) => LocalModelError::ModelDamaged { file: text(path) },
            Self::Manifest { path, source } => {
                LocalModelError::ModelUndescribed { file: text(path), detail: source.to_string() }
            }
            Self::OtherTask(model) => LocalModelError::ModelOfOtherKind { model: model.clone() },
            Self::NotLoaded { model, reason } => {
                LocalModelError::ModelNotLoaded { model: model.clone(), detail: reason.clone() }
            }
            Self::Failed { model, reason } => {
                LocalModelError::ModelFailed { model: model.clone(), detail: reason.clone() }
            }
            Self::Cancelled => LocalModelError::ModelStopped,
        };
        message.message()
    }
}

impl Shown for InstallError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Hub { .. } | Self::WrongLength { .. } | Self::WrongChecksum { .. } => ErrorCode::Endpoint,
            _ => ErrorCode::Request,
        }
    }

    fn message(&self) -> ErrorMessage {
        let message = match self {
            Self::NoPlace => LocalModelError::NoPlaceForModels,
            Self::Hub { host, source } => of_hub(host, source),
            Self::Missing { file, place } => {
                LocalModelError::ModelFileMissing { file: file.clone(), place: place.clone() }
            }
            Self::WrongLength { file, expected, received } => LocalModelError::ModelFileLength {
                file: file.clone(),
                expected: *expected,
                received: *received,
            },
            Self::WrongChecksum { file } => LocalModelError::ModelFileChecksum { file: file.clone() },
            Self::NotInstalled(model) => LocalModelError::ModelNotInstalled { model: model.clone() },
            Self::Busy(model) => LocalModelError::ModelBusy { model: model.clone() },
            Self::WithoutLength(path) => LocalModelError::ModelWithoutLength { file: text(path) },
            Self::ManyClasses(path) => LocalModelError::ModelOfManyClasses { file: text(path) },
            Self::UnknownPart { path, part } => {
                LocalModelError::ModelPartUnknown { file: text(path), part: part.clone() }
            }
            Self::Undescribed { path, source } => {
                LocalModelError::ModelUndescribed { file: text(path), detail: source.to_string() }
            }
            Self::File { path, source } => {
                LocalModelError::ModelFile { file: text(path), detail: source.to_string() }
            }
            Self::Unusable(error) => {
                return ErrorMessage::ModelUnusable { error: Box::new(error.message()) };
            }
            Self::Crashed => LocalModelError::InstallationCrashed,
        };
        message.message()
    }
}

impl Shown for LocalModelError {
    fn code(&self) -> ErrorCode {
        ErrorCode::Request
    }

    fn message(&self) -> ErrorMessage {
        ErrorMessage::LocalModel(self.clone())
    }
}

fn of_hub(host: &str, error: &endpoint::Error) -> LocalModelError {
    let host = host.to_owned();
    let call = error.call().map(ToString::to_string);
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::Unauthorized | ErrorKind::Forbidden => {
            LocalModelError::NotOnHub { host, call }
        }
        ErrorKind::Protocol(_) | ErrorKind::EmptyAnswer | ErrorKind::InvalidProfile(_) => {
            LocalModelError::NoHub { host, call }
        }
        _ => LocalModelError::HubFailed(error.into()),
    }
}
