//! Passages in the order in which they answer a question.

use async_trait::async_trait;

use crate::ModelError;

/// A model that reads a question and passages together.
#[async_trait]
pub trait Reranker: Send + Sync {
    /// The places of the passages in `passages`, from 0, the best first. The worst may be left out.
    ///
    /// # Errors
    /// The model cannot be reached or gives no order.
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Vec<usize>, ModelError>;
}
