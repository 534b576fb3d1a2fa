//! Why a call failed: what happened, and to which call.

use std::fmt;

use crate::{Call, ErrorKind, ProfileFault};

/// Why a call failed.
///
/// `Display` is for developers. It never holds the key, and never the endpoint's own words, which may quote the request
/// (and so a document): those are in [`Error::endpoint_message`], for the person's eyes and for no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    call: Option<Call>,
    status: Option<u16>,
    endpoint_message: Option<String>,
    parameter: Option<String>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, call: &Call) -> Self {
        Self(Box::new(Details {
            kind,
            call: Some(call.clone()),
            status: None,
            endpoint_message: None,
            parameter: None,
        }))
    }

    pub(crate) fn profile(fault: ProfileFault) -> Self {
        let kind = ErrorKind::InvalidProfile(fault);
        Self(Box::new(Details { kind, call: None, status: None, endpoint_message: None, parameter: None }))
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_endpoint_message(mut self, message: Option<String>) -> Self {
        self.0.endpoint_message = message;
        self
    }

    pub(crate) fn with_parameter(mut self, parameter: Option<String>) -> Self {
        self.0.parameter = parameter;
        self
    }

    /// What kind of failure it is; what to branch on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The call that failed; none where the profile itself is at fault.
    #[must_use]
    pub fn call(&self) -> Option<&Call> {
        self.0.call.as_ref()
    }

    /// The HTTP status, where there was a response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// What the endpoint itself said, on one line of at most 300 characters, without the key. May quote the
    /// request: never log it.
    #[must_use]
    pub fn endpoint_message(&self) -> Option<&str> {
        self.0.endpoint_message.as_deref()
    }

    /// The parameter that the endpoint refused, in its own spelling, where it named one.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.0.parameter.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.kind)?;
        match (&self.0.call, self.0.status) {
            (Some(call), Some(status)) => write!(f, " ({call}, HTTP {status})"),
            (Some(call), None) => write!(f, " ({call})"),
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { kind, call, status, .. } = &*self.0;
        f.debug_struct("Error").field("kind", kind).field("call", call).field("status", status).finish()
    }
}

impl std::error::Error for Error {}
