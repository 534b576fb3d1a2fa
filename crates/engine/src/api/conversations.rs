use serde::{Deserialize, Serialize};

use super::{Answer, Picture, Usage};

/// A conversation in the list. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConversationSummary {
    /// Its id.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// As the person or the first question names it.
    pub title: String,
    /// When it began.
    #[cfg_attr(test, ts(type = "number"))]
    pub created_at: i64,
    /// When the last answer came.
    #[cfg_attr(test, ts(type = "number"))]
    pub updated_at: i64,
    /// How many answers it has.
    pub answers: u32,
}

/// Which conversations to list.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConversationsRequest {
    /// Only those whose title, questions or answers hold each of these words, or their beginnings.
    pub query: Option<String>,
}

/// A conversation with its answers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ConversationView {
    /// Its id.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// As the person or the first question names it.
    pub title: String,
    /// When it began, in seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub created_at: i64,
    /// In the order they came.
    pub answers: Vec<StoredAnswer>,
    /// What all of them took together.
    pub usage: Usage,
}

/// An answer as it was, and what has become of its sources.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StoredAnswer {
    /// As it was given.
    pub answer: Answer,
    /// When, in seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub answered_at: i64,
    /// The cited documents, by their ids, that have changed or gone since.
    #[cfg_attr(test, ts(type = "Array<number>"))]
    pub changed_sources: Vec<i64>,
    /// The pictures that were made of it.
    pub pictures: Vec<Picture>,
}

/// Another title for a conversation.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RenameRequest {
    /// The conversation.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversation: i64,
    /// Its new title.
    pub title: String,
}

/// A conversation to be written out.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExportRequest {
    /// The conversation.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversation: i64,
    /// How.
    pub format: ExportFormat,
}

/// How a conversation is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ExportFormat {
    /// To be read: questions, answers, and each quote with its page and a link to its file.
    Markdown,
    /// All that is stored.
    Json,
}

/// A conversation, written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Export {
    /// A name for its file, made of the title.
    pub file_name: String,
    /// What goes into the file.
    pub text: String,
}
