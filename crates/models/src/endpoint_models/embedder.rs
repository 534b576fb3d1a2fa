//! An endpoint's embedding model.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use async_trait::async_trait;
use endpoint::{EmbeddingRequest, Endpoint, ErrorKind};

use super::instructions;
use crate::{Embedder, EmbeddingSpace, ModelError};

/// The embedding model of an endpoint where a person names no other: 1,024 dimensions, reads 512 tokens.
pub const DEFAULT_EMBEDDING_MODEL: &str = "BAAI/bge-large-en-v1.5";

/// Texts a call, to begin with: enough to keep a GPU busy, small enough for a local server to answer in time.
const FIRST_BATCH_SIZE: usize = 64;
/// A text that is still too long with so few bytes is not too long.
const SHORTEST_CUT: usize = 200;

/// An endpoint's embedding model.
///
/// It learns the endpoint's batch cap from its refusals. A passage that is longer than the model reads is
/// embedded by its beginning, and counted in [`Embedder::shortened`].
#[derive(Debug)]
pub struct EndpointEmbedder {
    endpoint: Endpoint,
    space: EmbeddingSpace,
    batch_size: AtomicUsize,
    dimensions: OnceLock<usize>,
    shortened: AtomicU64,
}

impl EndpointEmbedder {
    /// The embedding model that the endpoint's profile names, or the default one.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        let model =
            endpoint.profile().embedding_model.clone().unwrap_or_else(|| DEFAULT_EMBEDDING_MODEL.to_owned());
        let instructions = instructions::of_model(&model);
        let space = EmbeddingSpace {
            model,
            question_instruction: instructions.question.to_owned(),
            passage_instruction: instructions.passage.to_owned(),
        };
        Self {
            endpoint,
            space,
            batch_size: AtomicUsize::new(FIRST_BATCH_SIZE),
            dimensions: OnceLock::new(),
            shortened: AtomicU64::new(0),
        }
    }

    /// One unit vector for each text. Halves what the endpoint finds too much, down to one text, which it cuts.
    async fn embed(&self, mut texts: Vec<String>) -> Result<Vec<Vec<f32>>, ModelError> {
        let mut vectors = Vec::with_capacity(texts.len());
        let mut next = self.batch_size();
        let mut cut = None;
        while vectors.len() < texts.len() {
            let start = vectors.len();
            let end = texts.len().min(start + next.max(1));
            match self.call(&texts[start..end]).await {
                Ok(batch) => {
                    vectors.extend(batch);
                    next = self.batch_size();
                }
                Err(error) if is_too_much(&error) && end - start > 1 => {
                    next = (end - start) / 2;
                    if error.kind() == ErrorKind::TooManyInputs {
                        self.batch_size.fetch_min(next, Ordering::Relaxed);
                    }
                }
                Err(error)
                    if error.kind() == ErrorKind::InputTooLong && texts[start].len() > SHORTEST_CUT =>
                {
                    if cut.replace(start) != Some(start) {
                        self.note_cut();
                    }
                    texts[start] = first_three_quarters(&texts[start]);
                }
                Err(error) => return Err(error.into()),
            }
        }
        vectors.into_iter().map(|vector| self.to_unit_length(vector)).collect()
    }

    async fn call(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, endpoint::Error> {
        let request = EmbeddingRequest::new(&self.space.model, texts.to_vec());
        Ok(self.endpoint.embeddings(&request).await?.vectors)
    }

    fn note_cut(&self) {
        self.shortened.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(
            model = self.space.model,
            "a text is longer than the model reads; its beginning is embedded"
        );
    }

    fn to_unit_length(&self, mut vector: Vec<f32>) -> Result<Vec<f32>, ModelError> {
        let expected = *self.dimensions.get_or_init(|| vector.len());
        if vector.len() != expected {
            let model = self.space.model.clone();
            return Err(ModelError::DimensionsChanged { model, expected, received: vector.len() });
        }
        // In double precision: the squares of large components would not fit.
        let length = vector.iter().map(|&component| f64::from(component).powi(2)).sum::<f64>().sqrt();
        if length == 0.0 {
            return Err(ModelError::ZeroVector { model: self.space.model.clone() });
        }
        for component in &mut vector {
            *component = (f64::from(*component) / length) as f32;
        }
        Ok(vector)
    }
}

fn first_three_quarters(text: &str) -> String {
    text.chars().take(text.chars().count() * 3 / 4).collect()
}

fn is_too_much(error: &endpoint::Error) -> bool {
    matches!(error.kind(), ErrorKind::TooManyInputs | ErrorKind::InputTooLong)
}

#[async_trait]
impl Embedder for EndpointEmbedder {
    fn space(&self) -> &EmbeddingSpace {
        &self.space
    }

    fn batch_size(&self) -> usize {
        self.batch_size.load(Ordering::Relaxed)
    }

    fn concurrency(&self) -> usize {
        self.endpoint.profile().concurrency
    }

    fn shortened(&self) -> u64 {
        self.shortened.load(Ordering::Relaxed)
    }

    async fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, ModelError> {
        self.embed(texts.iter().map(|text| format!("{}{text}", self.space.passage_instruction)).collect())
            .await
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        let vectors = self.embed(vec![format!("{}{question}", self.space.question_instruction)]).await?;
        Ok(vectors.into_iter().next().unwrap_or_default())
    }
}
