//! The reranking model that runs in this process.

use std::sync::Arc;

use async_trait::async_trait;
use inference::{RelevanceModel, Task};

use super::blocking;
use crate::{ModelError, Ranking, Reranker, Usage};

/// A model that reads a question and a passage together, in this process.
pub struct LocalReranker {
    model: Arc<RelevanceModel>,
}

impl LocalReranker {
    /// The one in a folder of this name. `None` where there is none that puts passages in order.
    #[must_use]
    pub fn installed(folder: &str) -> Option<Self> {
        Some(Self { model: Arc::new(RelevanceModel::new(inference::find(folder)?).ok()?) })
    }

    /// The first one that is installed; none comes with the app.
    #[must_use]
    pub fn first_installed() -> Option<Self> {
        let mut found = inference::installed().into_iter();
        let folder = found.find(|folder| matches!(folder.manifest().task, Task::Relevance { .. }))?;
        Some(Self { model: Arc::new(RelevanceModel::new(folder).ok()?) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.model.name()
    }
}

#[async_trait]
impl Reranker for LocalReranker {
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Ranking, ModelError> {
        let (model, question, passages) = (Arc::clone(&self.model), question.to_owned(), passages.to_vec());
        let relevances = blocking(move |is_cancelled| {
            let passages: Vec<&str> = passages.iter().map(String::as_str).collect();
            model.relevances(&question, &passages, is_cancelled)
        })
        .await?;
        let mut order: Vec<usize> = (0..relevances.len()).collect();
        order.sort_by(|&one, &other| relevances[other].total_cmp(&relevances[one]));
        Ok(Ranking { order, usage: Usage::default() })
    }
}
