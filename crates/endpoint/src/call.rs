//! Which call a request or an error belongs to.

use std::fmt;

use url::Url;

/// What is asked of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// An answer to a conversation.
    Chat,
    /// A prompt, written on.
    Completion,
    /// Vectors for texts.
    Embeddings,
    /// Texts in the order in which they answer a question.
    Rerank,
    /// Pictures for a prompt.
    Images,
    /// The models on offer, and the files of one.
    Models,
}

impl Operation {
    /// Whether asking twice costs nothing but time: the same answer comes again, and a server that did work
    /// for the lost one did little.
    pub(crate) fn is_repeatable(self) -> bool {
        matches!(self, Self::Embeddings | Self::Rerank | Self::Models)
    }

    pub(crate) fn method(self) -> reqwest::Method {
        match self {
            Self::Models => reqwest::Method::GET,
            Self::Chat | Self::Completion | Self::Embeddings | Self::Rerank | Self::Images => {
                reqwest::Method::POST
            }
        }
    }
}

/// One call: operation, method, host and path. Never a query, user name, password or key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What was asked.
    pub operation: Operation,
    /// Host, port where it is not the scheme's own, and path.
    place: String,
}

impl Call {
    pub(crate) fn new(operation: Operation, url: &Url) -> Self {
        Self { operation, place: authority(url) + url.path() }
    }
}

/// The host, with its port where that is not the scheme's own.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{host}{port}")
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation.method(), self.place)
    }
}
