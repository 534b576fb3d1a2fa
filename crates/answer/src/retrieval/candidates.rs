//! What the searches find for a question.

use std::collections::HashMap;

use libraries::Library;
use library::{ChunkId, ChunkPlace, DocumentId, Hit, NearHit, PageHit, Query, Scope};

use super::params::PARAMS;
use super::{Steps, naming};

/// Everything that is known of the chunks that may answer a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    /// Best first.
    pub(super) lexical: Vec<Hit>,
    /// Best first, with scores like those of `lexical`.
    pub(super) phrases: Vec<Hit>,
    /// Best first.
    pub(super) pages: Vec<PageHit>,
    /// Best first, with scores like those of `pages`.
    pub(super) page_phrases: Vec<PageHit>,
    /// Best first.
    pub(super) dense: Vec<Hit>,
    /// How far the question names a document.
    pub(super) named: HashMap<DocumentId, f32>,
    /// Where each chunk found stands.
    pub(super) places: HashMap<ChunkId, ChunkPlace>,
}

impl Candidates {
    /// Asks the library. Without a vector of the question the words alone decide.
    pub(super) fn find(
        library: &Library,
        question: &str,
        vector: Option<&[f32]>,
        scope: &Scope,
        steps: Steps,
    ) -> Result<Self, library::Error> {
        let limit = |step: bool, limit| if step { limit } else { 0 };
        let found = library.candidates(&Query {
            text: question,
            vector: vector.filter(|_| steps.dense),
            scope,
            chunks: limit(steps.lexical, PARAMS.chunks),
            pages: limit(steps.pages, PARAMS.pages),
            near: PARAMS.near,
        })?;
        Ok(Self {
            lexical: found.lexical,
            phrases: if steps.phrases { found.phrases } else { Vec::new() },
            pages: found.pages,
            page_phrases: if steps.phrases { found.page_phrases } else { Vec::new() },
            dense: dense(&found.near, steps),
            named: if steps.names { naming::named(&found.names) } else { HashMap::new() },
            places: found.places,
        })
    }
}

fn dense(near: &[NearHit], steps: Steps) -> Vec<Hit> {
    let surroundings = if steps.surroundings { PARAMS.surroundings } else { 0.0 };
    let score = |hit: &NearHit| hit.similarity + surroundings * hit.around;
    let mut hits: Vec<Hit> = near.iter().map(|hit| Hit { chunk: hit.chunk, score: score(hit) }).collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.chunk.cmp(&b.chunk)));
    hits.truncate(PARAMS.dense);
    hits
}
