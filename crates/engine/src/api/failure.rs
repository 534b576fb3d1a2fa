use extract::{ExtractError, Warning};
use serde::Serialize;

use super::ApiError;

/// A file that could not be taken in, or not in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Failure {
    /// The file's path.
    pub document: String,
    /// Why.
    pub reason: Reason,
    /// What would let the file be read, where it can be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub missing: Option<Missing>,
}

/// Why a file was not taken in, or not in full: a code with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Reason {
    /// It was named and is not there.
    NotFound {
        /// As given.
        path: String,
        /// The operating system's words.
        detail: String,
    },
    /// The vision model did not read a page of it.
    PageNotRead {
        /// Counted from 1.
        page: u32,
        /// Why.
        error: ApiError,
    },
    /// The embedding model gave no vector for some of its passages, though it did for others.
    NotEmbedded {
        /// How many.
        passages: u32,
        /// Why the first of them has none.
        error: ApiError,
    },
    /// It gave no text.
    #[serde(untagged)]
    Unread(ExtractError),
    /// In the words of an earlier version, which stored no codes.
    #[serde(untagged)]
    Words(String),
}

/// What a person should know of a document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum DocumentWarning {
    /// A code with its parameters.
    Coded(Warning),
    /// In the words of an earlier version, which stored no codes.
    Words(String),
}

/// What a file needs to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Missing {
    /// Its password, for `unlock_document`.
    Password,
}
