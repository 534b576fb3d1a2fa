use serde::{Deserialize, Serialize};

use super::Prices;

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Role {
    /// To make vectors of passages and questions. Without one the words alone are searched.
    Embed,
    /// To write answers. The built-in one quotes.
    Write,
    /// To put passages in order of relevance.
    Rerank,
    /// To read pages that are pictures.
    ReadPages,
    /// To make pictures.
    MakePictures,
    /// To judge how far each sentence of an answer is carried by what it cites: the second opinion.
    Judge,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Embed, Self::Write, Self::Rerank, Self::ReadPages, Self::MakePictures, Self::Judge];
}

/// A model in use.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub provider: Provider,
    /// The host that text is sent to; nothing leaves this process where there is none.
    pub host: Option<String>,
    /// How many tokens it takes at once, with those that it writes, where they are counted.
    pub context_tokens: Option<u32>,
    /// What it costs, where a person has set it.
    pub prices: Option<Prices>,
}

/// Where a model comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Provider {
    /// It comes with Footnote.
    BuiltIn,
    /// It is installed on this computer.
    Installed,
    /// An endpoint has it.
    Endpoint,
}
