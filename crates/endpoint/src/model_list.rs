//! The models on offer.

use serde::{Deserialize, Serialize};

use crate::usage::Counted;

/// A model on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// What to call it by.
    pub id: String,
    /// How many tokens prompt and answer may have together, where the endpoint tells it (vLLM, OpenRouter,
    /// LM Studio).
    #[serde(default, alias = "max_model_len", alias = "context_length", alias = "max_context_length")]
    pub context_tokens: Option<u64>,
}

/// An object with a list, or the bare list.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum ModelList {
    Object { data: Vec<ModelInfo> },
    Bare(Vec<ModelInfo>),
}

impl Counted for ModelList {}

impl From<ModelList> for Vec<ModelInfo> {
    fn from(list: ModelList) -> Self {
        match list {
            ModelList::Object { data } => data,
            ModelList::Bare(models) => models,
        }
    }
}
