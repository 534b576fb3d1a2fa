//! What a call took.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::lenient;

/// Tokens and cost of one call, as the endpoint counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Usage {
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written; 0 for embeddings.
    pub completion_tokens: u64,
    /// Both together.
    pub total_tokens: u64,
    /// In US dollars, where the endpoint says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_cost: Option<f64>,
}

/// An answer that may say what it took.
pub(crate) trait Counted {
    fn usage(&self) -> Option<Usage> {
        None
    }
}

impl Usage {
    /// Reads the `usage` of a response; none where it counts nothing.
    pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let sent = Value::deserialize(deserializer)?;
        let count = |name: &str| lenient::count_in(&sent[name]);
        let counts = [count("prompt_tokens"), count("completion_tokens"), count("total_tokens")];
        let [prompt, completion, total] = counts.map(Option::unwrap_or_default);
        let usage = Self {
            prompt_tokens: prompt,
            completion_tokens: completion,
            total_tokens: total.max(prompt.saturating_add(completion)),
            estimated_cost: cost(&sent),
        };
        Ok((usage != Self::default()).then_some(usage))
    }
}

/// DeepInfra calls it `estimated_cost`, OpenRouter `cost`; Perplexity's `cost` is an object with a total.
fn cost(usage: &Value) -> Option<f64> {
    let places = [&usage["estimated_cost"], &usage["cost"], &usage["cost"]["total_cost"]];
    places.into_iter().find_map(lenient::number_in)
}
