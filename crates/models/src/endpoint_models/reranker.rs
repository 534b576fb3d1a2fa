//! An endpoint's reranking model.

use async_trait::async_trait;
use endpoint::{Endpoint, RerankRequest};

use crate::{ModelError, Reranker};

/// The reranking model that an endpoint's profile names.
#[derive(Debug)]
pub struct EndpointReranker {
    endpoint: Endpoint,
    model: String,
}

impl EndpointReranker {
    /// `None` where the profile names no reranking model.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Option<Self> {
        let model = endpoint.profile().rerank_model.clone()?;
        Some(Self { endpoint, model })
    }
}

#[async_trait]
impl Reranker for EndpointReranker {
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Vec<usize>, ModelError> {
        let request = RerankRequest {
            model: self.model.clone(),
            query: question.to_owned(),
            documents: passages.to_vec(),
        };
        Ok(self.endpoint.rerank(&request).await?.into_iter().map(|relevance| relevance.index).collect())
    }
}
