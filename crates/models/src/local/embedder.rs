//! The embedding model that runs in this process.

use std::sync::Arc;
use std::thread::available_parallelism;

use async_trait::async_trait;
use inference::SentenceVectors;
use tokio::sync::Semaphore;

use super::blocking;
use crate::{Embedded, Embedder, ModelError, Urgency};

/// Passages a call. Each takes some tens of milliseconds, and a pause begins and vectors are stored between two calls.
const BATCH_SIZE: usize = 16;

/// The folder of the model that comes with the app.
pub(crate) const SHIPPED: &str = "all-minilm-l6-v2";

/// A model of sentences that runs in this process.
pub struct LocalEmbedder {
    model: Arc<SentenceVectors>,
    threads: usize,
    free: Semaphore,
}

impl LocalEmbedder {
    /// The model that comes with the app. `None` where its files are missing, as after a plain build.
    #[must_use]
    pub fn shipped() -> Option<Self> {
        Self::installed(SHIPPED)
    }

    /// The model in a folder of this name. `None` where there is none that embeds.
    #[must_use]
    pub fn installed(folder: &str) -> Option<Self> {
        SentenceVectors::new(inference::find(folder)?).ok().map(Self::new)
    }

    /// A model; passages take all processors but one.
    #[must_use]
    pub fn new(model: SentenceVectors) -> Self {
        let threads = available_parallelism().map_or(1, |all| all.get() - 1).max(1);
        Self { model: Arc::new(model), threads, free: Semaphore::new(threads) }
    }

    async fn embed(&self, texts: Vec<String>, urgency: Urgency) -> Result<Vec<Vec<f32>>, ModelError> {
        let model = Arc::clone(&self.model);
        blocking(move |is_cancelled| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            model.embed(&texts, urgency, is_cancelled)
        })
        .await
    }
}

#[async_trait]
impl Embedder for LocalEmbedder {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn passage_instruction(&self) -> &str {
        self.model.passage_instruction()
    }

    fn batch_size(&self) -> usize {
        BATCH_SIZE
    }

    fn concurrency(&self) -> usize {
        self.threads
    }

    fn shortened(&self) -> u64 {
        self.model.cut()
    }

    async fn embed_passages(&self, texts: &[String], urgency: Urgency) -> Result<Vec<Embedded>, ModelError> {
        let texts = texts.iter().map(|text| format!("{}{text}", self.passage_instruction())).collect();
        let _thread = match urgency {
            Urgency::Question => None,
            Urgency::Background => Some(self.free.acquire().await),
        };
        let vectors = self.embed(texts, urgency).await?;
        Ok(vectors.into_iter().map(Ok).collect())
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        let question = format!("{}{question}", self.model.question_instruction());
        let vectors = self.embed(vec![question], Urgency::Question).await?;
        Ok(vectors.into_iter().next().unwrap_or_default())
    }
}
