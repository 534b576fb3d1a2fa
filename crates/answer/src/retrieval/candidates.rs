//! What the searches find for a question.

use std::collections::HashMap;

use library::{ChunkId, ChunkPlace, DocumentId, Hit, Library, PageHit, Scope};

use super::Steps;

/// How many the searches by words give: the document that the question names may stand far down.
const LEXICAL: usize = 900;
const PAGES: usize = 300;

/// How many chunks the search by vectors gives, and how many of the nearest it looks at with what stands around them.
const DENSE: usize = 200;
const NEAREST: usize = 300;

/// The surroundings of a chunk count so much of the chunk itself.
const SURROUNDINGS: f32 = 1.0;

/// Everything that is known of the chunks that may answer a question.
#[derive(Debug, Default)]
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
        let mut found = Self::default();
        if steps.lexical {
            found.lexical = library.search_lexical(question, LEXICAL, scope)?;
        }
        if steps.pages {
            found.pages = library.search_pages(question, PAGES, scope)?;
        }
        if steps.phrases && steps.lexical {
            found.phrases = library.search_phrases(question, LEXICAL, scope)?;
        }
        if steps.phrases && steps.pages {
            found.page_phrases = library.search_page_phrases(question, PAGES, scope)?;
        }
        if let Some(vector) = vector.filter(|_| steps.dense) {
            found.dense = dense(library, vector, scope, steps)?;
        }
        if steps.names {
            found.named = library.documents_named(question)?;
        }
        let hits = found.lexical.iter().chain(&found.phrases).chain(&found.dense);
        let chunks: Vec<ChunkId> = hits.map(|hit| hit.chunk).collect();
        found.places = library.chunk_places(&chunks)?.into_iter().map(|place| (place.chunk, place)).collect();
        Ok(found)
    }
}

/// A small chunk is found by what it says alone, and told from others like it by what stands around it.
fn dense(library: &Library, vector: &[f32], scope: &Scope, steps: Steps) -> Result<Vec<Hit>, library::Error> {
    let mut hits = library.search_dense(vector, NEAREST, scope)?;
    if steps.surroundings {
        let chunks: Vec<ChunkId> = hits.iter().map(|hit| hit.chunk).collect();
        for (hit, around) in hits.iter_mut().zip(library.surroundings(vector, &chunks)?) {
            hit.score += SURROUNDINGS * around;
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.chunk.cmp(&b.chunk)));
    }
    hits.truncate(DENSE);
    Ok(hits)
}
