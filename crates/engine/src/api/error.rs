use serde::{Deserialize, Serialize};

/// A failure as a shell shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ApiError {
    /// What kind of failure it is, for the shell to choose what it offers.
    pub code: ErrorCode,
    /// What happened, to which file or call, and what to do next; for people.
    pub message: String,
}

impl ApiError {
    /// A request that makes no sense.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::Request, message: message.into() }
    }

    /// A fault in Footnote itself.
    #[must_use]
    pub fn fault() -> Self {
        let message = "Footnote hit a fault of its own. Close it and open it again.".to_owned();
        Self { code: ErrorCode::Library, message }
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
