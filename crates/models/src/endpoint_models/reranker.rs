//! An endpoint's reranking model.

use async_trait::async_trait;
use endpoint::{Endpoint, RerankRequest};

use crate::{ModelError, Ranking, Reranker, Usage};

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
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Ranking, ModelError> {
        let request = RerankRequest {
            model: self.model.clone(),
            query: question.to_owned(),
            documents: passages.to_vec(),
        };
        let reranked = self.endpoint.rerank(&request).await?;
        Ok(Ranking {
            order: reranked.relevances.into_iter().map(|relevance| relevance.index).collect(),
            usage: Usage { prompt_tokens: reranked.total_tokens.unwrap_or_default(), ..Usage::default() },
        })
    }
}
