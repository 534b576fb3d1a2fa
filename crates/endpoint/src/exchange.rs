//! One request and its response, as far as errors need to know them.

use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ledger::Entry;
use crate::refusal::{Refusal, presentable};
use crate::{Call, Error, ErrorKind, Violation, lenient};

#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) call: Call,
    /// Only to be cut out of what the endpoint says.
    pub(crate) key: Option<SecretString>,
    pub(crate) status: u16,
    pub(crate) entry: Entry,
}

impl Exchange {
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        self.entry.failed(kind);
        Error::new(kind, &self.call).with_status(self.status)
    }

    /// The error of a response whose status is one.
    pub(crate) fn refused(&self, body: &[u8], headers: &HeaderMap) -> Error {
        self.refusal(Refusal::from_body(body), self.status, headers)
    }

    /// JSON of a known shape, with `null` for what is no finite number.
    pub(crate) fn parse<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, Error> {
        let mended = || serde_json::from_slice(&lenient::without_non_finite(body)?).ok();
        serde_json::from_slice(body).ok().or_else(mended).ok_or_else(|| self.explain(body))
    }

    /// Why a body under a status of success is not what was asked for, with what it says.
    pub(crate) fn explain(&self, body: &[u8]) -> Error {
        if body.trim_ascii().is_empty() {
            return self.error(ErrorKind::EmptyAnswer);
        }
        let violation = match serde_json::from_slice::<Value>(body) {
            Ok(value) => match Refusal::inside(&value) {
                Some(refusal) => return self.refused_inside(refusal),
                None => Violation::UnexpectedShape,
            },
            Err(_) if is_web_page(body) => return self.error(ErrorKind::Protocol(Violation::WebPage)),
            Err(error) if error.is_eof() => return self.error(ErrorKind::BrokenOff),
            Err(_) => Violation::NotJson,
        };
        let said = presentable(&String::from_utf8_lossy(body), self.key());
        self.error(ErrorKind::Protocol(violation)).with_endpoint_message(Some(said))
    }

    /// An error inside a success; a failure of the server where it names no status.
    pub(crate) fn refused_inside(&self, refusal: Refusal) -> Error {
        let status = refusal.status().unwrap_or(500);
        self.refusal(refusal, status, &HeaderMap::new())
    }

    fn refusal(&self, refusal: Refusal, status: u16, headers: &HeaderMap) -> Error {
        let error = refusal.into_error(status, headers, &self.call, self.key());
        self.entry.failed(error.kind());
        error
    }

    fn key(&self) -> Option<&str> {
        self.key.as_ref().map(|key| key.expose_secret().trim())
    }
}

pub(crate) fn is_web_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}
