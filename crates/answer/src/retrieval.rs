//! Question to passages.

use std::sync::Arc;
use std::time::{Duration, Instant};

use library::{ChunkId, Hit, Library, Passage, Scope};
use models::Embedder;

use crate::AnswerError;
use crate::fusion::reciprocal_ranks;

/// How many candidates each of the two searches gives to be fused.
const CANDIDATES: usize = 100;

/// The best passages for a question.
#[derive(Debug, Clone)]
pub struct Retrieved {
    /// Best first, with their fused scores, which are comparable within one search only.
    pub passages: Vec<(Passage, f32)>,
    /// How long the model took for the question's vector.
    pub embedding: Duration,
    /// How long the searches took.
    pub searching: Duration,
    /// What kept the dense search from taking part; the passages were found by their words only.
    pub without_dense: Option<WithoutDense>,
}

/// What kept the dense search from taking part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutDense {
    /// The library has no vectors yet, or those of another model.
    NoVectors,
}

/// Finds the passages for a question: lexical and dense search, fused.
///
/// # Errors
/// The library cannot be read, or the embedding model fails.
pub async fn retrieve(
    library: &Arc<Library>,
    embedder: &Arc<dyn Embedder>,
    question: &str,
    scope: &Scope,
    limit: usize,
) -> Result<Retrieved, AnswerError> {
    let started = Instant::now();
    let own = embedder.space();
    let active = library.active_space()?.is_some_and(|(_, active)| {
        active.model == own.model && active.passage_instruction == own.passage_instruction
    });
    let vector = if active { Some(embedder.embed_question(question).await?) } else { None };
    let embedding = started.elapsed();
    let (library, question, scope) = (Arc::clone(library), question.to_owned(), scope.clone());
    let search = move || search(&library, &question, vector.as_deref(), &scope, limit);
    let passages = tokio::task::spawn_blocking(search).await.map_err(|_| AnswerError::Crashed)??;
    Ok(Retrieved {
        passages,
        embedding,
        searching: started.elapsed().saturating_sub(embedding),
        without_dense: (!active).then_some(WithoutDense::NoVectors),
    })
}

fn search(
    library: &Library,
    question: &str,
    vector: Option<&[f32]>,
    scope: &Scope,
    limit: usize,
) -> Result<Vec<(Passage, f32)>, library::Error> {
    let mut rankings = Vec::new();
    if let Some(vector) = vector {
        rankings.push(chunks(&library.search_dense(vector, CANDIDATES, scope)?));
    }
    rankings.push(chunks(&library.search_lexical(question, CANDIDATES, scope)?));
    let mut fused = reciprocal_ranks(&rankings);
    fused.truncate(limit);
    let ids: Vec<ChunkId> = fused.iter().map(|(chunk, _)| *chunk).collect();
    let score = |chunk| fused.iter().find(|(other, _)| *other == chunk).map_or(0.0, |(_, score)| *score);
    Ok(library
        .passages(&ids)?
        .into_iter()
        .map(|passage| (score(passage.chunk), passage))
        .map(|(s, p)| (p, s))
        .collect())
}

fn chunks(hits: &[Hit]) -> Vec<ChunkId> {
    hits.iter().map(|hit| hit.chunk).collect()
}
