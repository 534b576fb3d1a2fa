//! Question to passages.

mod amounts;
mod bearing;
mod candidates;
mod duplicates;
mod explaining;
mod fusion;
mod joining;
mod listwise;
mod naming;
mod params;
mod passages;
mod structure;
mod trace;

use std::sync::Arc;
use std::time::{Duration, Instant};

use libraries::Library;
use library::{ChunkId, Passage, Scope, SpaceId};
use models::{Embedder, Ranking, Reranker, Usage};

use crate::AnswerError;
use candidates::Candidates;
use params::PARAMS;

pub(crate) use bearing::bear_on;
pub use explaining::{Explained, ExplainedPart, Standing};
pub use fusion::Part;
pub use listwise::ChatReranker;
pub use trace::{Found, Trace};

/// The best passages for a question.
#[derive(Debug, Clone)]
pub struct Retrieved {
    /// Best first, with their scores, which are comparable within one search only.
    pub passages: Vec<(Passage, f32)>,
    /// Whether the words alone decided: there is no embedding model that can be run, or the library has no vectors of it.
    pub words_alone: bool,
    /// How the passages came up.
    pub trace: Trace,
    /// How long the model took for the question's vector.
    pub embedding: Duration,
    /// How long the searches took.
    pub searching: Duration,
    /// How long the reranker took; nothing where there is none.
    pub reranking: Duration,
    /// What the reranker took, where it came to an order.
    pub reranking_usage: Option<Usage>,
}

/// The steps of retrieval, so that each can be measured by leaving it out. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Search the chunks by words.
    pub lexical: bool,
    /// Search whole pages by words.
    pub pages: bool,
    /// Search chunks and pages by phrases too.
    pub phrases: bool,
    /// Search the chunks by vectors.
    pub dense: bool,
    /// Look at the surroundings of the chunks that are found by vectors.
    pub surroundings: bool,
    /// Prefer documents that the question names.
    pub names: bool,
    /// Prefer figures where the question asks for an amount.
    pub amounts: bool,
    /// Lead to the pages, figures and sections that the question names.
    pub structure: bool,
    /// Make one passage of neighbours, and leave out what says the same again.
    pub join: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self {
            lexical: true,
            pages: true,
            phrases: true,
            dense: true,
            surroundings: true,
            names: true,
            amounts: true,
            structure: true,
            join: true,
        }
    }
}

/// What finds the passages for a question.
#[derive(Clone)]
pub struct Retriever {
    /// Where they are.
    pub library: Arc<Library>,
    /// What makes the question's vector. Without it the words alone decide.
    pub embedder: Option<Arc<dyn Embedder>>,
    /// What does so as long as the library is searched by the vectors of the model that was used before; where it fails, the
    /// words alone decide.
    pub former: Option<Arc<dyn Embedder>>,
    /// What puts the best passages in order at last, if anything does.
    pub reranker: Option<Arc<dyn Reranker>>,
    /// What is done.
    pub steps: Steps,
}

impl Retriever {
    /// Finds the passages for a question, at most `limit`.
    ///
    /// # Errors
    /// The library cannot be read, or the embedding model fails. Where the reranker fails, the order stays as it is.
    pub async fn retrieve(
        &self,
        question: &str,
        scope: &Scope,
        limit: usize,
    ) -> Result<Retrieved, AnswerError> {
        let started = Instant::now();
        let vector = self.vector(question).await?;
        let embedding = started.elapsed();
        let words_alone = vector.is_none();
        let (asked, scope, steps) = (question.to_owned(), scope.clone(), self.steps);
        let (passages, trace) = blocking(&self.library, move |library| {
            // Another space may have come in the place of the one that the vector was made for.
            let active = library.active_space()?.map(|(space, _)| space);
            let vector = vector.filter(|(space, _)| active == Some(*space)).map(|(_, vector)| vector);
            let found = Candidates::find(library, &asked, vector.as_deref(), &scope, steps)?;
            search(library, &asked, found, steps, limit)
        })
        .await?;
        let searching = started.elapsed().saturating_sub(embedding);
        let mut found = Retrieved {
            passages,
            words_alone,
            trace,
            embedding,
            searching,
            reranking: Duration::ZERO,
            reranking_usage: None,
        };
        if let Some(reranker) = &self.reranker {
            rerank(reranker.as_ref(), question, &mut found).await;
            found.reranking = started.elapsed().saturating_sub(embedding + searching);
        }
        Ok(found)
    }

    /// The question's vector. Where the library has vectors of another model, or none yet, or the model cannot be run here,
    /// the words alone decide.
    async fn vector(&self, question: &str) -> Result<Option<(SpaceId, Vec<f32>)>, AnswerError> {
        if !self.steps.dense {
            return Ok(None);
        }
        let active = blocking(&self.library, Library::active_space).await?;
        let Some((id, space)) = active else { return Ok(None) };
        let is_active =
            |embedder: &&Arc<dyn Embedder>| space.is_of(embedder.name(), embedder.passage_instruction());
        let Some(embedder) = self.embedder.as_ref().filter(is_active) else {
            let Some(former) = self.former.as_ref().filter(is_active) else { return Ok(None) };
            // Its endpoint may be why there is another model now.
            return Ok(former.embed_question(question).await.ok().map(|vector| (id, vector)));
        };
        match embedder.embed_question(question).await {
            Err(error) if error.cannot_run_here() => {
                // Without the error: it may name a folder.
                tracing::warn!("the embedding model cannot be run; the words alone decide");
                Ok(None)
            }
            vector => Ok(Some((id, vector?))),
        }
    }
}

/// Puts the passages that the reranker names first, in its order.
async fn rerank(reranker: &dyn Reranker, question: &str, found: &mut Retrieved) {
    let best = found.passages.iter().take(PARAMS.reranked);
    let texts: Vec<String> = best.map(|(passage, _)| passage.text.clone()).collect();
    if texts.len() < 2 {
        return;
    }
    let Ok(Ranking { order, usage }) = reranker.rerank(question, &texts).await else {
        // Without the error: a server's words may hold text of the passages.
        tracing::warn!("the reranker failed; the passages stay in the order of the search");
        return;
    };
    let place = |at: &usize| order.iter().position(|first| first == at).unwrap_or(usize::MAX);
    let mut places: Vec<usize> = (0..found.passages.len()).collect();
    places.sort_by_key(place);
    found.reranking_usage = Some(usage);
    // A passage that comes first has the best score.
    let scores: Vec<f32> = found.passages.iter().map(|(_, score)| *score).collect();
    let ordered = places.iter().map(|&at| found.passages[at].0.clone());
    found.passages = ordered.zip(scores).collect();
    found.trace.reranked = places;
}

/// Reads the library off the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
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
    mut found: Candidates,
    steps: Steps,
    limit: usize,
) -> Result<(Vec<(Passage, f32)>, Trace), library::Error> {
    let mut fused = fusion::fuse(&found);
    if steps.amounts {
        amounts::prefer_figures(library, question, &mut fused)?;
    }
    if steps.structure {
        structure::lead_to_places(library, question, &mut found, &mut fused)?;
    }
    let scores: Vec<(ChunkId, f32)> = fused.iter().map(|(chunk, parts)| (*chunk, parts.score())).collect();
    let mut groups = joining::groups(&scores, &found.places, steps.join);
    // Some more, in place of what says the same again.
    groups.truncate(limit + limit / 2);
    let mut passages = passages::read(library, groups)?;
    let repeated = if steps.join { duplicates::leave_out(&mut passages) } else { Vec::new() };
    passages.truncate(limit);
    let groups = passages.iter().map(|(_, group)| group.clone()).collect();
    let passages = passages.into_iter().map(|(passage, group)| (passage, group.score)).collect();
    let trace = Trace { found, fused, passages: groups, limit, repeated, reranked: Vec::new() };
    Ok((passages, trace))
}
