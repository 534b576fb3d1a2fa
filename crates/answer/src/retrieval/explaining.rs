//! Why a page was found, or was not: where it stands in each step.

use libraries::Library;
use library::{ChunkId, DocumentId, Hit, PageHit};
use serde::Serialize;

use super::fusion::{Part, Parts};
use super::joining::Group;
use super::params::PARAMS;
use super::trace::{Found, Trace};

/// Where the best chunk of a page stands in a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What its score is the sum of, in the order of the steps.
    pub parts: Vec<ExplainedPart>,
    /// Nothing where neither its words, nor its vector, nor a named place led to it.
    pub score: f32,
    /// The score of the first of all.
    pub best_score: f32,
    /// Among all chunks with a score.
    pub scored: Standing,
    /// Its passage among the passages: neighbours joined, other pages and documents let among the first.
    pub passages: Standing,
    /// The passage in whose favour its own was left out, because it says the same.
    pub repeats: Option<Found>,
    /// Its passage among those that the reranker put in order; nothing where there is none.
    pub reranked: Option<Standing>,
}

/// What one step gives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExplainedPart {
    /// The step.
    pub step: Part,
    /// Where it stands there.
    #[serde(flatten)]
    pub standing: Standing,
    /// How much of the score comes from it.
    pub points: f32,
    /// That as a share of the score, from 0 to 1.
    pub share: f32,
}

/// A rank, and among how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Standing {
    /// Counted from 1; none where it is not among them.
    pub rank: Option<u32>,
    /// How many there are.
    pub of: u32,
    /// The most that are looked at or kept, which is the worst rank that would have done; all of them where it is none.
    pub most: Option<u32>,
}

impl Standing {
    fn among<T>(all: &[T], most: usize, is_it: impl Fn(&T) -> bool) -> Self {
        let rank = all.iter().position(is_it).map(|place| count(place + 1));
        Self { rank, of: count(all.len()), most: Some(count(most)) }
    }

    /// Among those that have points at all, who has most being first.
    fn by_points(all: impl Iterator<Item = (bool, f32)>) -> Self {
        let all: Vec<(bool, f32)> = all.filter(|(_, points)| *points > 0.0).collect();
        let own = all.iter().find(|(is_it, _)| *is_it).map(|(_, points)| *points);
        let better = |own: f32| all.iter().filter(|(_, points)| *points > own).count();
        Self { rank: own.map(|own| count(better(own) + 1)), of: count(all.len()), most: None }
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Trace {
    /// Where a page stands, counted from 1: the best of its chunks. With a quote, the best of those with the quote.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn explain(
        &self,
        library: &Library,
        document: DocumentId,
        page: u32,
        quote: Option<&str>,
    ) -> Result<Explained, library::Error> {
        Ok(self.explained(document, page, &chunks(library, document, page, quote)?))
    }

    fn explained(&self, document: DocumentId, page: u32, chunks: &[ChunkId]) -> Explained {
        let best: Option<(ChunkId, Parts)> =
            self.fused.iter().find(|(chunk, _)| chunks.contains(chunk)).copied();
        let is_it = |chunk: ChunkId| best.is_some_and(|(best, _)| best == chunk);
        let parts = best.map(|(_, parts)| parts).unwrap_or_default();
        let score = parts.score();
        let part = |step| {
            let points = parts.of(step);
            let share = if score > 0.0 { points / score } else { 0.0 };
            ExplainedPart { step, standing: self.standing(step, document, page, is_it), points, share }
        };
        let holds_it = |group: &Group| group.ids().any(is_it);
        Explained {
            parts: Part::ALL.map(part).to_vec(),
            score,
            best_score: self.fused.first().map_or(0.0, |(_, parts)| parts.score()),
            scored: Standing { most: None, ..Standing::among(&self.fused, 0, |(chunk, _)| is_it(*chunk)) },
            passages: Standing::among(&self.passages, self.limit, holds_it),
            repeats: self
                .repeated
                .iter()
                .find(|(group, _)| holds_it(group))
                .map(|(_, better)| Found::from(better)),
            reranked: (!self.reranked.is_empty()).then(|| {
                Standing::among(&self.reranked, PARAMS.reranked, |at| holds_it(&self.passages[*at]))
            }),
        }
    }

    fn standing(
        &self,
        step: Part,
        document: DocumentId,
        page: u32,
        is_it: impl Fn(ChunkId) -> bool,
    ) -> Standing {
        let chunk = |hits: &[Hit], most| Standing::among(hits, most, |hit| is_it(hit.chunk));
        let on_page = |hit: &PageHit| hit.document == document && hit.page == page;
        match step {
            Part::Words => chunk(&self.found.lexical, PARAMS.chunks),
            Part::Phrases => chunk(&self.found.phrases, PARAMS.chunks),
            Part::PageWords => Standing::among(&self.found.pages, PARAMS.pages, on_page),
            Part::PagePhrases => Standing::among(&self.found.page_phrases, PARAMS.pages, on_page),
            Part::Vectors => chunk(&self.found.dense, PARAMS.dense),
            Part::Names => Standing::by_points(
                self.found.named.iter().map(|(named, points)| (*named == document, *points)),
            ),
            Part::Amounts | Part::Places => {
                Standing::by_points(self.fused.iter().map(|(chunk, parts)| (is_it(*chunk), parts.of(step))))
            }
        }
    }
}

/// The chunks of a page; those with the quote, where there are any: they hold it, or are parts of it.
fn chunks(
    library: &Library,
    document: DocumentId,
    page: u32,
    quote: Option<&str>,
) -> Result<Vec<ChunkId>, library::Error> {
    let on_page: Vec<ChunkId> =
        library.chunks_on(document, &[page])?.into_iter().map(|place| place.chunk).collect();
    let Some(quote) = quote else { return Ok(on_page) };
    let passages = library.passages(&on_page)?.into_iter();
    let with_quote = passages.filter(|passage| passage.text.contains(quote) || quote.contains(&passage.text));
    let with_quote: Vec<ChunkId> = with_quote.map(|passage| passage.chunk).collect();
    Ok(if with_quote.is_empty() { on_page } else { with_quote })
}

#[cfg(test)]
mod tests;
