//! The kinds of failure.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The kinds of failure: codes with their parameters, which whoever shows them puts into words. They are stored, so they
/// never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "of", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ErrorKind {
    /// The profile cannot be used.
    InvalidProfile(ProfileFault),
    /// The host name leads nowhere.
    HostNotFound,
    /// The host is there, but nothing listens at the port.
    ConnectionRefused,
    /// No secure connection could be made.
    TlsFailed,
    /// The host, or the proxy before it, could not be reached for another reason.
    Unreachable,
    /// Waited for too long.
    TimedOut(TimeoutPhase),
    /// The endpoint sends the call to another address.
    Redirected,
    /// The key is missing or wrong.
    Unauthorized,
    /// The account has nothing left to pay with.
    PaymentRequired,
    /// The key is known, but may not do this.
    Forbidden,
    /// The path does not exist.
    NotFound,
    /// The endpoint does not serve this model.
    UnknownModel,
    /// Prompt and answer are longer together than the model's context.
    ContextTooLong,
    /// A text to embed or to rerank is longer than the model reads.
    InputTooLong,
    /// More texts in one call than the endpoint takes.
    TooManyInputs,
    /// The endpoint does not accept the request as it is; see [`crate::Error::parameter`].
    InvalidRequest,
    /// Called too often.
    RateLimited {
        /// How long the endpoint asks to wait, where it says so.
        #[cfg_attr(feature = "typescript", ts(type = "{ secs: number } | null"))]
        retry_after: Option<Duration>,
    },
    /// The account's quota is used up; asking again does not help.
    QuotaExceeded,
    /// The endpoint cannot answer now: overloaded, restarting, or loading a model.
    Unavailable,
    /// The endpoint failed inside.
    ServerFailed,
    /// The connection ended before the answer did. What was received before stays valid.
    BrokenOff,
    /// A success with nothing in it.
    EmptyAnswer,
    /// What came back is not what this API sends.
    Protocol(Violation),
}

/// What is wrong with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ProfileFault {
    /// The address is missing or no HTTP address.
    BaseUrl,
    /// The key holds characters that no header may hold.
    Key,
    /// A header's name or value cannot be sent.
    Header,
    /// The proxy's address is none.
    Proxy,
    /// The prompt template is not valid, or refuses the conversation.
    PromptTemplate,
    /// The HTTP client could not be set up.
    Client,
}

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TimeoutPhase {
    /// The connection.
    Connect,
    /// The first byte of the answer.
    FirstByte,
    /// The next piece of the answer.
    Idle,
    /// The end of the answer.
    Whole,
    /// The endpoint itself, or a proxy before it, gave up waiting (408, 504, 524).
    Endpoint,
}

/// How an answer breaks the API's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Violation {
    /// A web page.
    WebPage,
    /// Not JSON.
    NotJson,
    /// JSON of another shape.
    UnexpectedShape,
    /// Not exactly one vector for each text.
    VectorCount,
    /// Vectors of different lengths, or of length 0.
    VectorLengths,
    /// A vector with a component that is no finite number.
    NotFinite,
    /// More bytes than any answer has.
    TooLarge,
}
