//! An endpoint's embedding model.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use async_trait::async_trait;
use endpoint::{EmbeddingRequest, Endpoint, ErrorKind, Purpose};

use super::instructions::{self, Instructions};
use crate::{Embedded, Embedder, ModelError, Urgency};

/// The embedding model of an endpoint where a person names no other: 1,024 dimensions, reads 512 tokens.
pub const DEFAULT_EMBEDDING_MODEL: &str = "BAAI/bge-large-en-v1.5";

/// Texts a call, to begin with: enough to keep a GPU busy, small enough for a local server to answer in time.
const FIRST_BATCH_SIZE: usize = 64;
/// A text that is still too long with so few bytes is not too long.
const SHORTEST_CUT: usize = 200;

/// Plain words, to see whether the endpoint embeds anything. Two, because servers were seen to fail at the first text
/// of each call.
const PROBE: [&str; 2] = ["harbour", "lighthouse"];

/// An endpoint's embedding model.
///
/// It learns the endpoint's batch cap from its refusals. A text that the endpoint fails at costs that text. A passage that is longer than the model reads is
/// embedded by its beginning, and counted in [`Embedder::shortened`].
#[derive(Debug)]
pub struct EndpointEmbedder {
    endpoint: Endpoint,
    model: String,
    instructions: Instructions,
    batch_size: AtomicUsize,
    dimensions: OnceLock<usize>,
    shortened: AtomicU64,
    cost_per_token: OnceLock<f64>,
}

impl EndpointEmbedder {
    /// The embedding model that the endpoint's profile names, or the default one.
    #[must_use]
    pub fn new(endpoint: Endpoint) -> Self {
        let model =
            endpoint.profile().embedding_model.clone().unwrap_or_else(|| DEFAULT_EMBEDDING_MODEL.to_owned());
        let instructions = instructions::of_model(&model);
        Self {
            endpoint,
            model,
            instructions,
            batch_size: AtomicUsize::new(FIRST_BATCH_SIZE),
            dimensions: OnceLock::new(),
            shortened: AtomicU64::new(0),
            cost_per_token: OnceLock::new(),
        }
    }

    /// One unit vector for each text, or why it has none. Halves what fails, down to one text; one that is too long
    /// is cut, and of one that fails in another way it is asked whether the endpoint works at all.
    async fn embed(&self, endpoint: &Endpoint, mut texts: Vec<String>) -> Result<Vec<Embedded>, ModelError> {
        let mut embedded = Vec::with_capacity(texts.len());
        let mut next = self.batch_size();
        let mut cut = None;
        while embedded.len() < texts.len() {
            let start = embedded.len();
            let end = texts.len().min(start + next.max(1));
            match self.call(endpoint, &texts[start..end]).await {
                Ok(batch) => {
                    for (text, result) in texts[start..end].iter().zip(batch) {
                        // In other company it may do better.
                        embedded.push(if result.is_err() {
                            self.embed_alone(endpoint, text).await?
                        } else {
                            result
                        });
                    }
                    next = self.batch_size();
                }
                Err(error) if end - start > 1 && error.may_be_of_one_text() => {
                    next = (end - start) / 2;
                    if kind(&error) == Some(ErrorKind::TooManyInputs) {
                        self.batch_size.fetch_min(next, Ordering::Relaxed);
                    }
                }
                Err(error)
                    if kind(&error) == Some(ErrorKind::InputTooLong) && texts[start].len() > SHORTEST_CUT =>
                {
                    if cut.replace(start) != Some(start) {
                        self.note_cut();
                    }
                    texts[start] = first_three_quarters(&texts[start]);
                }
                Err(error) if error.may_be_of_one_text() => {
                    self.probe(endpoint).await?;
                    embedded.push(self.embed_alone(endpoint, &texts[start]).await?);
                    next = self.batch_size();
                }
                Err(error) => return Err(error),
            }
        }
        Ok(embedded)
    }

    /// The vector of a text, where the endpoint works for others.
    async fn embed_alone(&self, endpoint: &Endpoint, text: &String) -> Result<Embedded, ModelError> {
        match self.call(endpoint, std::slice::from_ref(text)).await {
            Ok(vectors) => Ok(vectors.into_iter().next().unwrap_or_else(|| Ok(Vec::new()))),
            Err(error) if error.may_be_of_one_text() => Ok(Err(error)),
            Err(error) => Err(error),
        }
    }

    /// Waits until the endpoint embeds plain words, as long as its profile allows.
    async fn probe(&self, endpoint: &Endpoint) -> Result<(), ModelError> {
        let request = EmbeddingRequest::new(&self.model, PROBE.map(str::to_owned).to_vec());
        self.checked(endpoint.embeddings(&request).await?.vectors).map(drop)
    }

    async fn call(&self, endpoint: &Endpoint, texts: &[String]) -> Result<Vec<Embedded>, ModelError> {
        let request = EmbeddingRequest::new(&self.model, texts.to_vec());
        let embeddings = endpoint.try_embeddings(&request).await?;
        let usage = embeddings.usage;
        if let Some(cost) = usage.estimated_cost.filter(|_| usage.prompt_tokens > 0) {
            self.cost_per_token.get_or_init(|| cost / usage.prompt_tokens as f64);
        }
        self.checked(embeddings.vectors)
    }

    /// The vectors as unit vectors; an error where none of them is one, or they are of another length than before.
    fn checked(&self, vectors: Vec<Result<Vec<f32>, endpoint::Error>>) -> Result<Vec<Embedded>, ModelError> {
        let mut checked = Vec::with_capacity(vectors.len());
        for vector in vectors {
            checked.push(match vector {
                Ok(vector) => self.to_unit_length(vector)?,
                Err(error) => Err(error.into()),
            });
        }
        if checked.iter().any(Result::is_ok) {
            return Ok(checked);
        }
        checked.into_iter().collect::<Result<Vec<_>, _>>().map(|_| Vec::new())
    }

    fn note_cut(&self) {
        self.shortened.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(
            model = self.model,
            "a text is longer than the model reads; its beginning is embedded"
        );
    }

    fn to_unit_length(&self, mut vector: Vec<f32>) -> Result<Embedded, ModelError> {
        let expected = *self.dimensions.get_or_init(|| vector.len());
        if vector.len() != expected {
            let model = self.model.clone();
            return Err(ModelError::DimensionsChanged { model, expected, received: vector.len() });
        }
        // In double precision: the squares of large components would not fit.
        let length = vector.iter().map(|&component| f64::from(component).powi(2)).sum::<f64>().sqrt();
        if length == 0.0 {
            return Ok(Err(ModelError::ZeroVector { model: self.model.clone() }));
        }
        for component in &mut vector {
            *component = (f64::from(*component) / length) as f32;
        }
        Ok(Ok(vector))
    }
}

fn first_three_quarters(text: &str) -> String {
    text.chars().take(text.chars().count() * 3 / 4).collect()
}

fn kind(error: &ModelError) -> Option<ErrorKind> {
    match error {
        ModelError::Endpoint(error) => Some(error.kind()),
        _ => None,
    }
}

#[async_trait]
impl Embedder for EndpointEmbedder {
    fn name(&self) -> &str {
        &self.model
    }

    fn passage_instruction(&self) -> &str {
        self.instructions.passage
    }

    fn batch_size(&self) -> usize {
        self.batch_size.load(Ordering::Relaxed)
    }

    fn concurrency(&self) -> usize {
        self.endpoint.profile().concurrency
    }

    fn cost_per_token(&self) -> Option<f64> {
        self.cost_per_token.get().copied()
    }

    fn waits_after(&self) -> Option<ModelError> {
        self.endpoint.waits_after().map(ModelError::from)
    }

    fn shortened(&self) -> u64 {
        self.shortened.load(Ordering::Relaxed)
    }

    async fn embed_passages(&self, texts: &[String], _: Urgency) -> Result<Vec<Embedded>, ModelError> {
        let texts = texts.iter().map(|text| format!("{}{text}", self.instructions.passage)).collect();
        self.embed(&self.endpoint, texts).await
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        let endpoint = self.endpoint.serving(Purpose::EmbedQuestions);
        let vectors =
            self.embed(&endpoint, vec![format!("{}{question}", self.instructions.question)]).await?;
        vectors.into_iter().next().unwrap_or_else(|| Ok(Vec::new()))
    }
}
