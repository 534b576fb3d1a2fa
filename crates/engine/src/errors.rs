//! The errors of all rooms as a shell shows them.

mod library;
mod local_models;

use std::error::Error;
use std::io;
use std::path::Path;

use ::models::{Instead as Ended, ModelError};
use answer::AnswerError;
use endpoint::ErrorKind;
use ingest::{IngestError, PageError};

use crate::api::{ApiError, EndpointError, ErrorCode, ErrorMessage, Instead, RequestError, SystemError};
use crate::overview::{saturating, text};

/// An error that a shell can show.
pub(crate) trait Shown {
    fn code(&self) -> ErrorCode;
    fn message(&self) -> ErrorMessage;
}

impl<E: Shown> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self { code: error.code(), message: error.message() }
    }
}

impl Shown for ModelError {
    fn code(&self) -> ErrorCode {
        let Self::Endpoint(error) = self else { return ErrorCode::Endpoint };
        match error.kind() {
            ErrorKind::Unauthorized | ErrorKind::Forbidden => ErrorCode::Key,
            ErrorKind::PaymentRequired | ErrorKind::QuotaExceeded | ErrorKind::RateLimited { .. } => {
                ErrorCode::Quota
            }
            _ => ErrorCode::Endpoint,
        }
    }

    fn message(&self) -> ErrorMessage {
        match self {
            Self::Endpoint(error) => ErrorMessage::Endpoint(error.into()),
            Self::Inference(error) => error.message(),
            Self::Crashed => ErrorMessage::ModelCrashed,
            Self::DimensionsChanged { model, expected, received } => ErrorMessage::DimensionsChanged {
                model: model.clone(),
                expected: saturating(*expected),
                received: saturating(*received),
            },
            Self::CutOff { model } => ErrorMessage::CutOff { model: model.clone() },
            Self::NoAnswer { model, instead } => {
                let instead = match instead {
                    Ended::Nothing => Instead::Nothing,
                    Ended::Thinking => Instead::Thinking,
                    Ended::AllTokens => Instead::AllTokens,
                    Ended::ToolCall => Instead::ToolCall,
                };
                ErrorMessage::NoAnswer { model: model.clone(), instead }
            }
            Self::Filtered { model } => ErrorMessage::Filtered { model: model.clone() },
            Self::Declined { model, words } => {
                ErrorMessage::Declined { model: model.clone(), said: words.clone() }
            }
            Self::ZeroVector { model } => ErrorMessage::ZeroVector { model: model.clone() },
        }
    }
}

impl From<&endpoint::Error> for EndpointError {
    fn from(error: &endpoint::Error) -> Self {
        Self {
            kind: error.kind(),
            call: error.call().map(ToString::to_string),
            status: error.status(),
            said: error.endpoint_message().map(str::to_owned),
        }
    }
}

impl Shown for IngestError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoSuchPath { .. } => ErrorCode::Request,
            Self::Library(error) => error.code(),
            Self::Model(error) => error.code(),
            Self::Page { error, .. } => error.code(),
            Self::Crashed => ErrorCode::Library,
        }
    }

    fn message(&self) -> ErrorMessage {
        match self {
            Self::NoSuchPath { path, source } => {
                RequestError::NoSuchPath { path: text(path), detail: source.to_string() }.message()
            }
            Self::Library(error) => error.message(),
            Self::Model(error) => error.message(),
            Self::Page { path, page, error } => {
                ErrorMessage::PageNotRead { path: text(path), page: *page, error: Box::new(error.message()) }
            }
            Self::Crashed => RequestError::IndexingCrashed.message(),
        }
    }
}

impl Shown for PageError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Drawing(_) => ErrorCode::Request,
            Self::Model(error) => error.code(),
        }
    }

    fn message(&self) -> ErrorMessage {
        match self {
            Self::Model(error) => error.message(),
            Self::Drawing(error) => ErrorMessage::Unread(error.clone()),
        }
    }
}

impl Shown for AnswerError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Library(error) => error.code(),
            Self::Model(error) => error.code(),
            Self::Crashed => ErrorCode::Library,
        }
    }

    fn message(&self) -> ErrorMessage {
        match self {
            Self::Library(error) => error.message(),
            Self::Model(error) => error.message(),
            Self::Crashed => RequestError::SearchCrashed.message(),
        }
    }
}

impl Shown for RequestError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoVisionModel | Self::NoImageModel | Self::NoPicture | Self::NoJudge | Self::NoEndpoint => {
                ErrorCode::Unset
            }
            Self::FileUnreadable { .. } => ErrorCode::Gone,
            Self::IndexingCrashed | Self::SearchCrashed => ErrorCode::Library,
            _ => ErrorCode::Request,
        }
    }

    fn message(&self) -> ErrorMessage {
        ErrorMessage::Request(self.clone())
    }
}

impl Shown for SystemError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::SettingsNotWritten { .. } | Self::ProgramUnknown { .. } | Self::SampleMissing => {
                ErrorCode::Library
            }
            Self::NotOpened { .. } => ErrorCode::Gone,
            Self::NoSaveDialog => ErrorCode::Unset,
            _ => ErrorCode::Request,
        }
    }

    fn message(&self) -> ErrorMessage {
        ErrorMessage::System(self.clone())
    }
}

/// A file that a person asked for cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> RequestError {
    RequestError::FileUnreadable { path: text(path), detail: error.to_string() }
}

/// The error and what caused it, for details. A cause that the error's own words repeat is said once.
fn with_causes(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !message.contains(&said) {
            message = format!("{message}: {said}");
        }
        cause = error.source();
    }
    message
}
