mod library;
mod local_model;
mod request;
mod system;

use endpoint::ErrorKind;
use extract::ExtractError;
use serde::{Deserialize, Serialize};

pub use library::LibraryError;
pub use local_model::LocalModelError;
pub use request::RequestError;
pub use system::SystemError;

/// A failure as a shell shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ApiError {
    /// What kind of failure it is, for the shell to choose what it offers.
    pub code: ErrorCode,
    /// What happened, to which file or call, and what to do next.
    pub message: ErrorMessage,
}

impl ApiError {
    /// A fault in Footnote itself.
    #[must_use]
    pub fn fault() -> Self {
        Self { code: ErrorCode::Library, message: ErrorMessage::Fault }
    }
}

/// The kinds of failure that a shell treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ErrorCode {
    /// The request itself makes no sense: an empty question, a path that does not exist.
    Request,
    /// The endpoint does not accept the key.
    Key,
    /// The endpoint is busy or the quota is used up.
    Quota,
    /// The endpoint could not be reached or broke off.
    Endpoint,
    /// The library could not be read or written.
    Library,
    /// No endpoint, or none that can do this, is set.
    Unset,
    /// The citation or document is no longer in the library.
    Gone,
}

/// What happened: a code with its parameters, which the shell puts into words. Answers that broke off are stored with it, so
/// the codes never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ErrorMessage {
    /// A fault in Footnote itself.
    Fault,
    /// A call of the endpoint failed.
    Endpoint(EndpointError),
    /// A model in this process ended in the midst of its work.
    ModelCrashed,
    /// The vectors of an embedding model are of another length than they were.
    DimensionsChanged {
        /// The model's name.
        model: String,
        /// Their length so far.
        expected: u32,
        /// Their length now.
        received: u32,
    },
    /// A model that reads a page did not write it to its end.
    CutOff {
        /// The model's name.
        model: String,
    },
    /// A model came to its end, but not to an answer.
    NoAnswer {
        /// The model's name.
        model: String,
        /// What came in its place.
        instead: Instead,
    },
    /// The endpoint's content filter ended an answer.
    Filtered {
        /// The model's name.
        model: String,
    },
    /// The model said that it does not answer.
    Declined {
        /// The model's name.
        model: String,
        /// How it said so.
        said: String,
    },
    /// An embedding model gave a vector of zeros.
    ZeroVector {
        /// The model's name.
        model: String,
    },
    /// The vision model did not read a page, and would read no other.
    PageNotRead {
        /// The file's path.
        path: String,
        /// Counted from 1.
        page: u32,
        /// Why.
        error: Box<ErrorMessage>,
    },
    /// A model was installed, did not work, and was thrown away.
    ModelUnusable {
        /// How it failed.
        error: Box<ErrorMessage>,
    },
    /// A file gave up no text.
    #[serde(untagged)]
    Unread(ExtractError),
    /// The library could not be read or written.
    #[serde(untagged)]
    Library(LibraryError),
    /// A model of this process could not be run or installed.
    #[serde(untagged)]
    LocalModel(LocalModelError),
    /// The request makes no sense, or something is missing for it.
    #[serde(untagged)]
    Request(RequestError),
    /// The settings, or the system, are not as a shell needs them.
    #[serde(untagged)]
    System(SystemError),
    /// The words of an earlier version, which kept no code.
    #[serde(untagged)]
    Words(String),
}

/// A call of the endpoint that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndpointError {
    /// How it failed.
    pub kind: ErrorKind,
    /// Its method and address; none where the settings are at fault.
    pub call: Option<String>,
    /// The HTTP status, where there was a response.
    pub status: Option<u16>,
    /// What the endpoint itself said. May quote the request: never to be logged.
    pub said: Option<String>,
}

/// What came in the place of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Instead {
    /// Nothing.
    Nothing,
    /// Thinking.
    Thinking,
    /// As many tokens as it may write, with thinking or nothing in them.
    AllTokens,
    /// The call of a tool.
    ToolCall,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_message_is_read_back_as_it_was_written() {
        for (message, json) in [
            (ErrorMessage::Fault, r#"{"code":"fault"}"#),
            (
                ErrorMessage::Library(LibraryError::DiskFull { file: "library.db".to_owned() }),
                r#"{"code":"disk-full","file":"library.db"}"#,
            ),
            (
                ErrorMessage::LocalModel(LocalModelError::ModelBusy { model: "tiny".to_owned() }),
                r#"{"code":"model-busy","model":"tiny"}"#,
            ),
            (ErrorMessage::Request(RequestError::QuestionEmpty), r#"{"code":"question-empty"}"#),
            (ErrorMessage::System(SystemError::NoHome), r#"{"code":"no-home"}"#),
            (ErrorMessage::Unread(ExtractError::Encrypted), r#"{"code":"encrypted"}"#),
            (ErrorMessage::Words("It broke.".to_owned()), r#""It broke.""#),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), json);
            assert_eq!(serde_json::from_str::<ErrorMessage>(json).unwrap(), message);
        }
    }
}
