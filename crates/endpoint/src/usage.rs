//! What a call took.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// Tokens and cost of one call, as the endpoint counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens read.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub prompt_tokens: u64,
    /// Tokens written; 0 for embeddings.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub completion_tokens: u64,
    /// Both together.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub total_tokens: u64,
    /// In US dollars, where the endpoint says it (DeepInfra calls it `estimated_cost`, OpenRouter `cost`).
    #[serde(default, alias = "cost", skip_serializing_if = "Option::is_none")]
    pub estimated_cost: Option<f64>,
}
