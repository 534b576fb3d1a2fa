//! What can go wrong with one request.

use serde_json::Value;

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A status with a body.
    Status {
        /// The status.
        status: u16,
        /// The body, as it is.
        body: String,
        /// The `Retry-After` header.
        retry_after: Option<String>,
    },
    /// 307 to another place.
    Redirect(String),
    /// A success with this body in place of the answer: JSON, or the events of a stream.
    Body(String),
    /// The answer's first half, then the connection breaks.
    HalfBody,
    /// No head of a response, ever.
    Hang,
    /// So many events of a stream, then the connection breaks.
    CloseAfter(usize),
    /// So many events of a stream, then it ends as if that were all.
    EndAfter(usize),
    /// So many events of a stream, then nothing, ever.
    StallAfter(usize),
    /// So many events of a stream, then this one, then `[DONE]`.
    ErrorAfter(usize, Value),
    /// No usage in a stream, asked for or not.
    NoUsage,
    /// No `[DONE]`.
    NoDone,
    /// The whole answer as one JSON body although a stream was asked for.
    WholeBody,
    /// A stream written in another way.
    Framing(Framing),
    /// Vectors other than those asked for.
    Vectors(VectorFault),
}

impl Fault {
    /// A status with the usual error object.
    #[must_use]
    pub fn status(status: u16, message: &str) -> Self {
        let body = super::refusal::error_object(message, "server_error", None).to_string();
        Self::Status { status, body, retry_after: None }
    }

    /// 429 with a `Retry-After` header.
    #[must_use]
    pub fn rate_limit(retry_after: &str) -> Self {
        let body = super::refusal::error_object("Rate limit reached", "requests", None).to_string();
        Self::Status { status: 429, body, retry_after: Some(retry_after.to_owned()) }
    }
}

/// A way to write events that is unusual, but allowed or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Lines end in CR LF.
    CrLf,
    /// Lines end in CR.
    Cr,
    /// `data:` without a space.
    NoSpace,
    /// Comments between the events.
    Comments,
    /// One byte at a time, which splits characters.
    SingleBytes,
    /// As plain text.
    PlainText,
}

/// What is wrong with vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorFault {
    /// Nothing, but the last one comes first.
    Reversed,
    /// Nothing, but they carry no `index`.
    NoIndex,
    /// Nothing, but they are base64.
    Base64,
    /// Nothing, but their length is not 1.
    NotNormalised,
    /// One is missing.
    Missing,
    /// Two have the same `index`.
    SameIndex,
    /// One is shorter than the others.
    Uneven,
    /// The last one begins with this in place of a number.
    Component(Component),
    /// All are zeros.
    Zeros,
}

/// What stands in a vector in place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// A number that no 32-bit float can hold.
    TooLarge,
    /// `null`.
    Null,
    /// `NaN`, as servers in Python write it.
    NaN,
}

impl From<Component> for Value {
    fn from(component: Component) -> Self {
        match component {
            Component::TooLarge => Self::from(1e300),
            Component::Null => Self::Null,
            Component::NaN => Self::from("NaN"),
        }
    }
}
