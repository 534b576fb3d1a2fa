use serde::{Deserialize, Serialize};

use super::EndpointRequest;

/// The vectors that a model has made of the library's texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Embeddings {
    /// What they are called by.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// The model.
    pub model: String,
    /// The host of its endpoint; none for a model on this computer.
    pub host: Option<String>,
    /// Whether the library is searched by them.
    pub searched: bool,
    /// Whether it is known where the model is, so that the library can be searched by them again at once.
    pub can_be_used: bool,
    /// How many vectors there are, those of texts that are in no document any more included.
    pub vectors: u32,
    /// Chunks that have none.
    pub missing: u32,
    /// What they take on the disk.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: u64,
}

/// Which model's work is to be estimated.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum EmbeddingPlanRequest {
    /// The one in use.
    InUse,
    /// The one of an endpoint before that is put in force.
    Endpoint(EndpointRequest),
    /// One on this computer, by its id.
    Local(String),
}

/// What it takes to embed all that a model has no vector for. Nothing of the library has been sent for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EmbeddingPlan {
    /// The model.
    pub model: String,
    /// The host of its endpoint; none for a model on this computer.
    pub host: Option<String>,
    /// The model that the library is searched by until then.
    pub searched_by: Option<String>,
    /// Texts to embed; none where all have a vector of the model already.
    pub texts: u32,
    /// About how many tokens these have.
    #[cfg_attr(test, ts(type = "number"))]
    pub tokens: u64,
    /// About what they cost, in US dollars, where the endpoint says it.
    pub cost: Option<f64>,
    /// About how long it takes.
    pub seconds: f64,
}
