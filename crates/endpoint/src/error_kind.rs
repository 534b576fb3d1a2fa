//! The kinds of failure, with what a person is told of each.

use std::time::Duration;

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl ErrorKind {
    pub(crate) fn what_happened(self) -> &'static str {
        match self {
            Self::InvalidProfile(ProfileFault::BaseUrl) => {
                "The endpoint's address is missing or not an HTTP address"
            }
            Self::InvalidProfile(ProfileFault::Key) => "The key holds characters that cannot be sent",
            Self::InvalidProfile(ProfileFault::Header) => {
                "A header of the endpoint's settings cannot be sent"
            }
            Self::InvalidProfile(ProfileFault::Proxy) => "The proxy's address is not an address",
            Self::InvalidProfile(ProfileFault::PromptTemplate) => "The prompt template cannot be used",
            Self::InvalidProfile(ProfileFault::Client) => {
                "The connection to the endpoint could not be set up"
            }
            Self::HostNotFound => "The endpoint's host name could not be found",
            Self::ConnectionRefused => "Nothing answers at the endpoint's address",
            Self::TlsFailed => "No secure connection to the endpoint could be made",
            Self::Unreachable => "The endpoint could not be reached",
            Self::TimedOut(TimeoutPhase::Connect) => "The endpoint did not take the connection in time",
            Self::TimedOut(TimeoutPhase::FirstByte) => "The endpoint did not begin to answer in time",
            Self::TimedOut(TimeoutPhase::Idle) => "The endpoint stopped sending in the middle of its answer",
            Self::TimedOut(TimeoutPhase::Whole) => "The endpoint did not finish its answer in time",
            Self::TimedOut(TimeoutPhase::Endpoint) => "The endpoint gave up waiting for its own model",
            Self::Redirected => "The endpoint sends the call on to another address",
            Self::Unauthorized => "The endpoint does not accept the key",
            Self::PaymentRequired => "The endpoint asks for payment",
            Self::Forbidden => "The endpoint does not allow this call with this key",
            Self::NotFound => "The endpoint does not know this path",
            Self::UnknownModel => "The endpoint does not serve this model",
            Self::ContextTooLong => "The question with its sources is longer than the model can read",
            Self::InputTooLong => "A text is longer than the model can read",
            Self::TooManyInputs => "There are more texts in one call than the endpoint takes",
            Self::InvalidRequest => "The endpoint does not accept the request",
            Self::RateLimited { .. } => "The endpoint was called more often than it allows",
            Self::QuotaExceeded => "The account's quota at the endpoint is used up",
            Self::Unavailable => "The endpoint cannot answer right now",
            Self::ServerFailed => "The endpoint failed inside",
            Self::BrokenOff => "The connection ended before the answer did",
            Self::EmptyAnswer => "The endpoint reported success but sent nothing",
            Self::Protocol(Violation::WebPage) => "A web page came back in place of an answer",
            Self::Protocol(Violation::NotJson) => "What came back is not JSON",
            Self::Protocol(Violation::UnexpectedShape) => "What came back is JSON, but not of this API",
            Self::Protocol(Violation::VectorCount) => {
                "The endpoint did not send exactly one vector for each text"
            }
            Self::Protocol(Violation::VectorLengths) => "The endpoint sent vectors of different lengths",
            Self::Protocol(Violation::NotFinite) => {
                "The endpoint sent a vector with NaN, null or an infinite number in it"
            }
            Self::Protocol(Violation::TooLarge) => "The endpoint sent far more than any answer has",
        }
    }

    pub(crate) fn what_to_do(self) -> &'static str {
        match self {
            Self::InvalidProfile(_) => "Correct it in the endpoint's settings.",
            Self::HostNotFound => {
                "Either this computer is offline or the address in the settings is mistyped: check both."
            }
            Self::ConnectionRefused => {
                "Most likely the server is not running, or the port in the settings is another one: start the \
                 server or correct the address."
            }
            Self::TlsFailed => {
                "The server's certificate is not trusted or it speaks no HTTPS here: check the address, and \
                 whether a proxy on your network replaces certificates."
            }
            Self::Unreachable => "Check the network, the proxy and the address in the settings.",
            Self::TimedOut(TimeoutPhase::Connect) => {
                "Check the network and the address; a firewall may be in the way."
            }
            Self::TimedOut(_) => {
                "It is probably overloaded or its model is slow: try again later, or choose a smaller model or a \
                 longer timeout."
            }
            Self::Redirected => {
                "It is not followed, so that nothing goes to a place you did not choose: set the \
                 address in the settings to the final one (often https in place of http)."
            }
            Self::Unauthorized => {
                "Set the key again; it may be mistyped, expired or meant for another endpoint."
            }
            Self::PaymentRequired => "Add credit to the account, or use another endpoint.",
            Self::Forbidden => "Ask for access to the model, use another key, or choose another model.",
            Self::NotFound => {
                "The address in the settings is probably not that of an OpenAI-compatible API: check \
                 its path."
            }
            Self::UnknownModel => "Choose one of the models that the endpoint lists.",
            Self::ContextTooLong => {
                "Ask with fewer sources or a shorter conversation, or choose a model with a \
                 larger context."
            }
            Self::InputTooLong => "Shorten the text, or choose a model that reads more.",
            Self::TooManyInputs => "Send fewer at a time.",
            Self::InvalidRequest => {
                "A parameter is probably not supported there: check the extra parameters and \
                 the model in the settings."
            }
            Self::RateLimited { .. } => "Wait a little and try again, or allow fewer requests at once.",
            Self::QuotaExceeded => {
                "Waiting does not help: raise the quota or add credit, or use another endpoint."
            }
            Self::Unavailable => "It is overloaded, restarting or loading the model: try again in a minute.",
            Self::ServerFailed => {
                "The fault is on its side: try again, and look at the server's log if it is yours."
            }
            Self::BrokenOff => {
                "The server or the network failed: what came before is kept; ask again for the rest."
            }
            Self::EmptyAnswer => {
                "Some servers do so when the prompt is longer than the model's context: ask with \
                 fewer sources, or look at the server's log."
            }
            Self::Protocol(Violation::WebPage) => {
                "A login page or proxy stands before the endpoint, or the \
                 address is that of its website: check the address and the network."
            }
            Self::Protocol(Violation::VectorCount | Violation::VectorLengths | Violation::NotFinite) => {
                "The fault is on the endpoint's side: check that the model is an embedding model, or choose \
                 another one."
            }
            Self::Protocol(_) => {
                "The address in the settings is probably not that of an OpenAI-compatible API: \
                 check it."
            }
        }
    }
}
