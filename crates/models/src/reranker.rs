//! Passages in the order in which they answer a question.

use async_trait::async_trait;

use crate::{ModelError, Usage};

/// Passages in order, and what it took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// The places of the passages, from 0, the best first. The worst may be left out.
    pub order: Vec<usize>,
    /// Nothing where the endpoint does not say it.
    pub usage: Usage,
}

/// A model that reads a question and passages together.
#[async_trait]
pub trait Reranker: Send + Sync {
    /// Puts the passages in order.
    ///
    /// # Errors
    /// The model cannot be reached or gives no order.
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Ranking, ModelError>;
}
