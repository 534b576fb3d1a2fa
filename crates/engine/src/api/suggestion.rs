use serde::Serialize;

/// What a document has much to say about: a question that a newcomer may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Suggestion {
    /// The name of the document's file.
    pub document: String,
    /// What one of its headings names.
    pub subject: String,
}
