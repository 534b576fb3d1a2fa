//! Question to passages.

use std::collections::HashMap;
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
    let own = embedder.space().clone();
    // Vectors of another model, or none yet: then the words alone decide.
    let is_own = blocking(library, move |library| {
        Ok(library.active_space()?.is_some_and(|(_, active)| {
            active.model == own.model && active.passage_instruction == own.passage_instruction
        }))
    });
    let vector = if is_own.await? { Some(embedder.embed_question(question).await?) } else { None };
    let embedding = started.elapsed();
    let (question, scope) = (question.to_owned(), scope.clone());
    let passages =
        blocking(library, move |library| search(library, &question, vector.as_deref(), &scope, limit))
            .await?;
    Ok(Retrieved { passages, embedding, searching: started.elapsed().saturating_sub(embedding) })
}

/// Reads the library off the async threads.
async fn blocking<T: Send + 'static>(
    library: &Arc<Library>,
    read: impl FnOnce(&Library) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, AnswerError> {
    let library = Arc::clone(library);
    let result = tokio::task::spawn_blocking(move || read(&library)).await;
    Ok(result.map_err(|_| AnswerError::Crashed)??)
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
    let scores: HashMap<ChunkId, f32> = fused.into_iter().collect();
    let with_score = |passage: Passage| {
        let score = scores[&passage.chunk];
        (passage, score)
    };
    Ok(library.passages(&ids)?.into_iter().map(with_score).collect())
}

fn chunks(hits: &[Hit]) -> Vec<ChunkId> {
    hits.iter().map(|hit| hit.chunk).collect()
}
