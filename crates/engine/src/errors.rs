//! The errors of all rooms as a shell shows them.

use std::error::Error;

use ::models::ModelError;
use answer::AnswerError;
use endpoint::ErrorKind;
use ingest::{IngestError, PageError};

use crate::api::{ApiError, ErrorCode};
use crate::wording;

/// An error that a shell can show.
pub(crate) trait Shown: Error + 'static {
    fn code(&self) -> ErrorCode;

    /// What the error says, where its own words are not enough for a person.
    fn message(&self) -> String
    where
        Self: Sized,
    {
        with_causes(self)
    }
}

impl<E: Shown> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self { code: error.code(), message: error.message() }
    }
}

impl Shown for library::Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoDocument(_) | Self::NoConversation(_) | Self::NoMessage(_) => ErrorCode::Gone,
            _ => ErrorCode::Library,
        }
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

    fn message(&self) -> String {
        match self {
            Self::Endpoint(error) if let Some(said) = error.endpoint_message() => {
                format!("{error} The endpoint says: “{said}”")
            }
            Self::Declined { words, .. } => format!("{self} It says: “{words}”"),
            _ => with_causes(self),
        }
    }
}

impl Shown for IngestError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoSuchPath { .. } => ErrorCode::Request,
            Self::Library(error) => error.code(),
            Self::Model(error) => error.code(),
            Self::Page { error, .. } => Shown::code(error),
            Self::Crashed => ErrorCode::Library,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Model(error) => error.message(),
            Self::Page { path, page, error } => {
                format!("Page {page} of {} was not read: {}", path.display(), error.message())
            }
            _ => with_causes(self),
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

    fn message(&self) -> String {
        match self {
            Self::Model(error) => error.message(),
            Self::Drawing(error) => wording::unread(error).into_owned(),
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

    fn message(&self) -> String {
        match self {
            Self::Model(error) => error.message(),
            _ => with_causes(self),
        }
    }
}

/// The error and what caused it. A cause that the error's own words repeat is said once.
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
