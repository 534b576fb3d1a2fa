use serde::{Deserialize, Serialize};

use super::{Support, Usage};

/// An answer whose citations a chat model should look at.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OpinionRequest {
    /// The answer's own id.
    #[cfg_attr(test, ts(type = "number"))]
    pub message: i64,
    /// The endpoint's chat model to ask; the one that is set where there is none.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub chat_model: Option<String>,
    /// What it can be stopped by, as that of an [`AskRequest`](super::AskRequest).
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<String>,
}

/// What a chat model thinks of the citations of an answer. A model may be wrong about it: it is shown beside
/// Footnote's own check, never in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SecondOpinion {
    /// The chat model's name.
    pub model: String,
    /// In the order of the citations; those that the model passed over are missing.
    pub opinions: Vec<Opinion>,
    /// What it took.
    pub usage: Usage,
}

/// What a chat model thinks of one citation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Opinion {
    /// Its place among the answer's citations, counted from 0.
    pub citation: u32,
    /// How far the source carries the sentence.
    pub support: Support,
    /// In the model's words; text to be shown, never markup.
    pub reason: String,
}
