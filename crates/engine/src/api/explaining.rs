use ::answer::{ExplainedPart, Standing};
use serde::{Deserialize, Serialize};

use super::{Coverage, PageRequest, Place};

/// A search, and the pages of which to say why it found them or did not.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExplainRequest {
    /// The search.
    pub searched: Searched,
    /// The pages; with a quote, the passage that holds it.
    pub pages: Vec<PageRequest>,
    /// The documents that were searched, with the filters in the text itself.
    #[serde(flatten)]
    pub place: Place,
}

/// What was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Searched {
    /// Words or a question.
    Query(String),
    /// The question of a stored answer, by its id, as it was searched for.
    Answer(#[cfg_attr(test, ts(type = "number"))] i64),
}

/// Where pages stand in each step of a search, which is done again for it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Explanation {
    /// As it was searched for: without filters.
    pub question: String,
    /// What was searched.
    pub coverage: Coverage,
    /// In the order asked for.
    pub pages: Vec<PageExplanation>,
}

/// Where a page, or a passage of it, stands in each step of a search.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PageExplanation {
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// The document's path.
    pub document: String,
    /// Counted from 1.
    pub page: u32,
    /// What the page is called ("84", "xii", "F-3"), where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_label: Option<String>,
    /// Why it could not be found, whatever was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub unsearched: Option<Unsearched>,
    /// The words of the question that the page holds, in any of their forms; stop words are not looked at.
    pub holds: Vec<String>,
    /// Those that the name of its document holds, and the page does not.
    pub in_name: Vec<String>,
    /// Those that neither holds.
    pub lacks: Vec<String>,
    /// What the score is the sum of, in the order of the steps. Of a page the best passage counts.
    pub parts: Vec<ExplainedPart>,
    /// Nothing where no step led to it.
    pub score: f32,
    /// The score of the first of all.
    pub best_score: f32,
    /// Where it stands among all that have a score.
    pub scored: Standing,
    /// Where it stands among the passages: neighbours are joined, and one page or document is not all of the first ones.
    pub passages: Standing,
    /// The passage that is shown in its place, because it says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub repeats: Option<Repeated>,
    /// Where the reranking model put it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reranked: Option<Standing>,
    /// Which of the passages it was that the answer was written from, where an answer is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub given: Option<Standing>,
}

/// Where the same is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Repeated {
    /// The document's path.
    pub document: String,
    /// Counted from 1.
    pub page: u32,
}

/// Why a page could not be found, whatever was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Unsearched {
    /// Its document is not among those that were searched.
    OtherPlace,
    /// It holds no text.
    NoText,
}
