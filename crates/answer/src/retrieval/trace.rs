//! How the passages of a question came up.

use library::{ChunkId, ChunkPlace, DocumentId, Passage};

use super::candidates::Candidates;

/// The findings after each step, best first.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Chunks by their words.
    pub lexical: Vec<Found>,
    /// Pages by their words.
    pub pages: Vec<Found>,
    /// Chunks by their vectors.
    pub dense: Vec<Found>,
    /// Chunks by all of it.
    pub fused: Vec<Found>,
    /// The passages: neighbours joined, repetitions left out.
    pub passages: Vec<Found>,
    /// The passages as the reranker put them; none where there is none.
    pub reranked: Vec<Found>,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its document.
    pub document: DocumentId,
    /// First page, counted from 1.
    pub page_first: u32,
    /// Last page.
    pub page_last: u32,
}

impl Found {
    /// Whether it holds a page of a document.
    #[must_use]
    pub fn holds(&self, document: DocumentId, page: u32) -> bool {
        self.document == document && (self.page_first..=self.page_last).contains(&page)
    }
}

impl From<&ChunkPlace> for Found {
    fn from(place: &ChunkPlace) -> Self {
        Self { document: place.document, page_first: place.page_first, page_last: place.page_last }
    }
}

impl From<&Passage> for Found {
    fn from(passage: &Passage) -> Self {
        Self { document: passage.document, page_first: passage.page_first, page_last: passage.page_last }
    }
}

impl Trace {
    pub(super) fn of(found: &Candidates, fused: &[(ChunkId, f32)], passages: &[(Passage, f32)]) -> Self {
        let place = |chunk: ChunkId| found.places.get(&chunk).map(Found::from);
        let page = |hit: &library::PageHit| Found {
            document: hit.document,
            page_first: hit.page,
            page_last: hit.page,
        };
        Self {
            lexical: found.lexical.iter().filter_map(|hit| place(hit.chunk)).collect(),
            pages: found.pages.iter().map(page).collect(),
            dense: found.dense.iter().filter_map(|hit| place(hit.chunk)).collect(),
            fused: fused.iter().filter_map(|(chunk, _)| place(*chunk)).collect(),
            passages: passages.iter().map(|(passage, _)| Found::from(passage)).collect(),
            reranked: Vec::new(),
        }
    }
}
