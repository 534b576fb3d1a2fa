//! What went wrong with a model or its endpoint: what happened, to which call, whose fault it is likely to be, what to do.

use endpoint::{ErrorKind, ProfileFault, TimeoutPhase, Violation};

use crate::api::{EndpointError, Instead};

/// What happened in a call of the endpoint, and what to do.
pub(super) fn endpoint(error: &EndpointError) -> String {
    let EndpointError { kind, call, status, .. } = error;
    let call = match (call, status) {
        (Some(call), Some(status)) => format!(" ({call}, HTTP {status})"),
        (Some(call), None) => format!(" ({call})"),
        (None, _) => String::new(),
    };
    let wait = match kind {
        ErrorKind::RateLimited { retry_after: Some(wait) } => {
            format!(" It asks for a wait of {} seconds.", wait.as_secs().max(1))
        }
        _ => String::new(),
    };
    let said = error.said.as_ref().map(|said| format!(" The endpoint says: “{said}”")).unwrap_or_default();
    format!("{}{call}. {}{wait}{said}", what_happened(*kind), what_to_do(*kind))
}

/// Goes on after the model's name.
pub(super) fn instead(instead: Instead) -> &'static str {
    match instead {
        Instead::Nothing => {
            "ended its answer before it wrote a word. Ask again; if it stays silent, choose another model."
        }
        Instead::Thinking => "thought, but wrote no answer. Ask again, or choose another model.",
        Instead::AllTokens => {
            "used up its tokens before it wrote an answer. Choose a model that thinks less, or one with a larger context."
        }
        Instead::ToolCall => {
            "asked for a tool in place of answering. Choose another model, or turn its tools off at the endpoint."
        }
    }
}

pub(super) fn what_happened(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidProfile(ProfileFault::BaseUrl) => {
            "The endpoint's address is missing or not an HTTP address"
        }
        ErrorKind::InvalidProfile(ProfileFault::Key) => "The key holds characters that cannot be sent",
        ErrorKind::InvalidProfile(ProfileFault::Header) => {
            "A header of the endpoint's settings cannot be sent"
        }
        ErrorKind::InvalidProfile(ProfileFault::Proxy) => "The proxy's address is not an address",
        ErrorKind::InvalidProfile(ProfileFault::PromptTemplate) => "The prompt template cannot be used",
        ErrorKind::InvalidProfile(ProfileFault::Client) => {
            "The connection to the endpoint could not be set up"
        }
        ErrorKind::HostNotFound => "The endpoint's host name could not be found",
        ErrorKind::ConnectionRefused => "Nothing answers at the endpoint's address",
        ErrorKind::TlsFailed => "No secure connection to the endpoint could be made",
        ErrorKind::Unreachable => "The endpoint could not be reached",
        ErrorKind::TimedOut(TimeoutPhase::Connect) => "The endpoint did not take the connection in time",
        ErrorKind::TimedOut(TimeoutPhase::FirstByte) => "The endpoint did not begin to answer in time",
        ErrorKind::TimedOut(TimeoutPhase::Idle) => "The endpoint stopped sending in the middle of its answer",
        ErrorKind::TimedOut(TimeoutPhase::Whole) => "The endpoint did not finish its answer in time",
        ErrorKind::TimedOut(TimeoutPhase::Endpoint) => "The endpoint gave up waiting for its own model",
        ErrorKind::Redirected => "The endpoint sends the call on to another address",
        ErrorKind::Unauthorized => "The endpoint does not accept the key",
        ErrorKind::PaymentRequired => "The endpoint asks for payment",
        ErrorKind::Forbidden => "The endpoint does not allow this call with this key",
        ErrorKind::NotFound => "The endpoint does not know this path",
        ErrorKind::UnknownModel => "The endpoint does not serve this model",
        ErrorKind::ContextTooLong => "The question with its sources is longer than the model can read",
        ErrorKind::InputTooLong => "A text is longer than the model can read",
        ErrorKind::TooManyInputs => "There are more texts in one call than the endpoint takes",
        ErrorKind::InvalidRequest => "The endpoint does not accept the request",
        ErrorKind::RateLimited { .. } => "The endpoint was called more often than it allows",
        ErrorKind::QuotaExceeded => "The account's quota at the endpoint is used up",
        ErrorKind::Unavailable => "The endpoint cannot answer right now",
        ErrorKind::ServerFailed => "The endpoint failed inside",
        ErrorKind::BrokenOff => "The connection ended before the answer did",
        ErrorKind::EmptyAnswer => "The endpoint reported success but sent nothing",
        ErrorKind::Protocol(Violation::WebPage) => "A web page came back in place of an answer",
        ErrorKind::Protocol(Violation::NotJson) => "What came back is not JSON",
        ErrorKind::Protocol(Violation::UnexpectedShape) => "What came back is JSON, but not of this API",
        ErrorKind::Protocol(Violation::VectorCount) => {
            "The endpoint did not send exactly one vector for each text"
        }
        ErrorKind::Protocol(Violation::VectorLengths) => "The endpoint sent vectors of different lengths",
        ErrorKind::Protocol(Violation::NotFinite) => {
            "The endpoint sent a vector with NaN, null or an infinite number in it"
        }
        ErrorKind::Protocol(Violation::TooLarge) => "The endpoint sent far more than any answer has",
    }
}

fn what_to_do(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidProfile(_) => "Correct it in the endpoint's settings.",
        ErrorKind::HostNotFound => {
            "Either this computer is offline or the address in the settings is mistyped: check both."
        }
        ErrorKind::ConnectionRefused => {
            "Most likely the server is not running, or the port in the settings is another one: start the \
             server or correct the address."
        }
        ErrorKind::TlsFailed => {
            "The server's certificate is not trusted or it speaks no HTTPS here: check the address, and \
             whether a proxy on your network replaces certificates."
        }
        ErrorKind::Unreachable => "Check the network, the proxy and the address in the settings.",
        ErrorKind::TimedOut(TimeoutPhase::Connect) => {
            "Check the network and the address; a firewall may be in the way."
        }
        ErrorKind::TimedOut(_) => {
            "It is probably overloaded or its model is slow: try again later, or choose a smaller model or a \
             longer timeout."
        }
        ErrorKind::Redirected => {
            "It is not followed, so that nothing goes to a place you did not choose: set the \
             address in the settings to the final one (often https in place of http)."
        }
        ErrorKind::Unauthorized => {
            "Set the key again; it may be mistyped, expired or meant for another endpoint."
        }
        ErrorKind::PaymentRequired => "Add credit to the account, or use another endpoint.",
        ErrorKind::Forbidden => "Ask for access to the model, use another key, or choose another model.",
        ErrorKind::NotFound => {
            "The address in the settings is probably not that of an OpenAI-compatible API: check \
             its path."
        }
        ErrorKind::UnknownModel => "Choose one of the models that the endpoint lists.",
        ErrorKind::ContextTooLong => {
            "Ask with fewer sources or a shorter conversation, or choose a model with a \
             larger context."
        }
        ErrorKind::InputTooLong => "Shorten the text, or choose a model that reads more.",
        ErrorKind::TooManyInputs => "Send fewer at a time.",
        ErrorKind::InvalidRequest => {
            "A parameter is probably not supported there: check the extra parameters and \
             the model in the settings."
        }
        ErrorKind::RateLimited { .. } => "Wait a little and try again, or allow fewer requests at once.",
        ErrorKind::QuotaExceeded => {
            "Waiting does not help: raise the quota or add credit, or use another endpoint."
        }
        ErrorKind::Unavailable => "It is overloaded, restarting or loading the model: try again in a minute.",
        ErrorKind::ServerFailed => {
            "The fault is on its side: try again, and look at the server's log if it is yours."
        }
        ErrorKind::BrokenOff => {
            "The server or the network failed: what came before is kept; ask again for the rest."
        }
        ErrorKind::EmptyAnswer => {
            "Some servers do so when the prompt is longer than the model's context: ask with \
             fewer sources, or look at the server's log."
        }
        ErrorKind::Protocol(Violation::WebPage) => {
            "A login page or proxy stands before the endpoint, or the \
             address is that of its website: check the address and the network."
        }
        ErrorKind::Protocol(Violation::VectorCount | Violation::VectorLengths | Violation::NotFinite) => {
            "The fault is on the endpoint's side: check that the model is an embedding model, or choose \
             another one."
        }
        ErrorKind::Protocol(_) => {
            "The address in the settings is probably not that of an OpenAI-compatible API: \
             check it."
        }
    }
}
