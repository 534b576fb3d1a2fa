//! How the passages of a question came up.

use library::{ChunkId, ChunkPlace, DocumentId, Passage};

use super::candidates::Candidates;
use super::fusion::Parts;
use super::joining::Group;

/// All findings of a search, each list best first.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub(super) found: Candidates,
    /// The chunks with what their scores are made of.
    pub(super) fused: Vec<(ChunkId, Parts)>,
    /// Neighbours joined, repetitions left out.
    pub(super) passages: Vec<Group>,
    /// So many passages were asked for.
    pub(super) limit: usize,
    /// The repetitions, each with what says the same before it.
    pub(super) repeated: Vec<(Group, Group)>,
    /// The passages' places in `passages` as the reranker put them; none where there is none.
    pub(super) reranked: Vec<usize>,
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

impl From<&Group> for Found {
    fn from(group: &Group) -> Self {
        let (first, last) = (&group.chunks[0], &group.chunks[group.chunks.len() - 1]);
        Self { document: first.document, page_first: first.page_first, page_last: last.page_last }
    }
}

impl Trace {
    /// The findings after each step, by its name: chunks by their words, pages by theirs, chunks by their vectors, chunks by
    /// all of it, the passages, and these as the reranker put them.
    #[must_use]
    pub fn steps(&self) -> [(&'static str, Vec<Found>); 6] {
        let place = |chunk: ChunkId| self.found.places.get(&chunk).map(Found::from);
        let page = |hit: &library::PageHit| Found {
            document: hit.document,
            page_first: hit.page,
            page_last: hit.page,
        };
        [
            ("lexical", self.found.lexical.iter().filter_map(|hit| place(hit.chunk)).collect()),
            ("pages", self.found.pages.iter().map(page).collect()),
            ("dense", self.found.dense.iter().filter_map(|hit| place(hit.chunk)).collect()),
            ("fused", self.fused.iter().filter_map(|(chunk, _)| place(*chunk)).collect()),
            ("passages", self.passages.iter().map(Found::from).collect()),
            ("reranked", self.reranked.iter().map(|&at| Found::from(&self.passages[at])).collect()),
        ]
    }
}
