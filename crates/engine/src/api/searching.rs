use serde::{Deserialize, Serialize};

use super::{Coverage, Nothing, Place, Reranking};

/// What to search for, and where.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SearchRequest {
    /// Words or a question.
    pub query: String,
    /// The most passages to return.
    pub limit: u32,
    /// Any name, by which it can be stopped.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<String>,
    /// Only these documents, with the filters in the text itself.
    #[serde(flatten)]
    pub place: Place,
}

/// The best passages.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SearchResponse {
    /// As asked.
    pub query: String,
    /// What the words of it that say what is looked for begin with in all of their forms; neither filters nor stop words are
    /// among them.
    pub words: Vec<String>,
    /// Best first.
    pub passages: Vec<Passage>,
    /// Why there are none; or, where no word of the query stands in any document, that these are only the nearest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub nothing: Option<Nothing>,
    /// What was searched.
    pub coverage: Coverage,
    /// Where the time went.
    pub timings_ms: SearchTimings,
    /// What the reranking model took, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reranking: Option<Reranking>,
}

/// A chunk as retrieved.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Passage {
    /// Counts from 1.
    pub rank: u32,
    /// Comparable within one search only.
    pub score: f32,
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// The document's path.
    pub document: String,
    /// The document's own title, or its file name.
    pub title: String,
    /// First page, counted from 1.
    pub page_first: u32,
    /// Last page.
    pub page_last: u32,
    /// What the first page is called ("84", "xii", "F-3"), where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_label_first: Option<String>,
    /// What the last page is called, where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_label_last: Option<String>,
    /// The headings it stands under, highest first, joined by " › "; empty where there are none.
    pub section: String,
    /// As it stands in the document.
    pub text: String,
}

/// Where the time of a search went, in milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SearchTimings {
    /// Embedding the question.
    pub embed: f64,
    /// Lexical and dense search with fusion.
    pub search: f64,
    /// Putting the passages in order by the reranking model; nothing where there is none.
    pub rerank: f64,
    /// All of it.
    pub total: f64,
}
