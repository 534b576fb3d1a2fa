use serde::{Deserialize, Serialize};

use super::{Support, Usage};

/// When a chat model is asked for a second opinion on the citations of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum SecondOpinions {
    /// Never; the window does not offer it.
    Never,
    /// When a person asks for it.
    #[default]
    WhenAsked,
    /// Right behind each answer that a chat model wrote.
    Always,
}

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
    /// One for each sentence that cites something, in their order.
    pub opinions: Vec<Opinion>,
    /// What it took.
    pub usage: Usage,
    /// How long it took; not known of an opinion that an earlier version kept.
    pub milliseconds: Option<f64>,
}

/// What a chat model thinks of one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Opinion {
    /// The place of the sentence's last citation among those of the answer, counted from 0.
    pub citation: u32,
    /// How far what it cites carries the sentence; none where the model said nothing that could be read.
    pub support: Option<Support>,
    /// In the model's words; text to be shown, never markup.
    pub reason: String,
}
