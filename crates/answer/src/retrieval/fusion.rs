//! The findings of all searches as one ranking of chunks.

use std::collections::HashMap;

use library::{ChunkId, ChunkPlace, DocumentId, Hit};

use super::candidates::Candidates;
use super::params::PARAMS;

/// All chunks found, best first.
///
/// Words of the chunk, words of its page and vectors count the same: other weights are better on one set of questions
/// and worse on the next (docs/retrieval.md). Scores, not ranks, are added up: how far the first stands above the
/// second is what tells a page that holds the answer from one that shares some words. Words are measured against the
/// best hit, vectors between the best and the last hit, because even unrelated texts have some similarity.
pub(super) fn fuse(candidates: &Candidates) -> Vec<(ChunkId, f32)> {
    let mut scores: HashMap<ChunkId, f32> = HashMap::new();
    let best_words = best(candidates.lexical.first().map(|hit| hit.score));
    for hit in &candidates.lexical {
        *scores.entry(hit.chunk).or_default() += hit.score / best_words;
    }
    for hit in &candidates.phrases {
        *scores.entry(hit.chunk).or_default() += PARAMS.phrase * hit.score / best_words;
    }
    for (chunk, score) in similarities(&candidates.dense) {
        *scores.entry(chunk).or_default() += score;
    }
    let pages = PageScores::of(candidates);
    let mut fused: Vec<(ChunkId, f32)> = scores
        .into_iter()
        .filter_map(|(chunk, score)| {
            let place = candidates.places.get(&chunk)?;
            let named = candidates.named.get(&place.document).copied().unwrap_or_default();
            Some((chunk, (score + pages.best(place)) * (1.0 + PARAMS.named * named)))
        })
        .collect();
    best_first(&mut fused);
    fused
}

/// Puts chunks in order, those of the same score by their ids.
pub(super) fn best_first(chunks: &mut [(ChunkId, f32)]) {
    chunks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
}

/// What the scores of a search are measured against.
fn best(first: Option<f32>) -> f32 {
    first.unwrap_or_default().max(f32::MIN_POSITIVE)
}

/// The hits, best first, with where they stand between the last and the best.
fn similarities(hits: &[Hit]) -> impl Iterator<Item = (ChunkId, f32)> {
    let least = hits.last().map_or(0.0, |hit| hit.score);
    let best = best(hits.first().map(|hit| hit.score - least));
    // One hit alone would count nothing between the best and the last.
    let alone = hits.len() == 1;
    hits.iter().map(move |hit| (hit.chunk, if alone { 1.0 } else { (hit.score - least) / best }))
}

/// The pages' scores as shares of the best one's.
struct PageScores(HashMap<(DocumentId, u32), f32>);

impl PageScores {
    fn of(candidates: &Candidates) -> Self {
        let best = best(candidates.pages.first().map(|hit| hit.score));
        let mut scores: HashMap<(DocumentId, u32), f32> = HashMap::new();
        for hit in &candidates.pages {
            *scores.entry((hit.document, hit.page)).or_default() += hit.score / best;
        }
        for hit in &candidates.page_phrases {
            *scores.entry((hit.document, hit.page)).or_default() += PARAMS.phrase * hit.score / best;
        }
        Self(scores)
    }

    /// That of the best page that a chunk stands on.
    fn best(&self, place: &ChunkPlace) -> f32 {
        let pages = place.page_first..=place.page_last;
        pages.filter_map(|page| self.0.get(&(place.document, page)).copied()).fold(0.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use library::PageHit;

    use super::*;

    fn candidates(lexical: &[(i64, f32)], dense: &[(i64, f32)]) -> Candidates {
        let hits = |hits: &[(i64, f32)]| -> Vec<Hit> {
            hits.iter().map(|&(chunk, score)| Hit { chunk: ChunkId(chunk), score }).collect()
        };
        let places = lexical.iter().chain(dense).map(|&(chunk, _)| {
            // Ten chunks a document, each on a page of its own.
            let (document, page) = (DocumentId(chunk / 10), chunk as u32 % 10 + 1);
            let place = ChunkPlace {
                chunk: ChunkId(chunk),
                document,
                ordinal: page - 1,
                page_first: page,
                page_last: page,
            };
            (ChunkId(chunk), place)
        });
        Candidates {
            lexical: hits(lexical),
            dense: hits(dense),
            places: places.collect(),
            ..Candidates::default()
        }
    }

    fn order(candidates: &Candidates) -> Vec<i64> {
        fuse(candidates).into_iter().map(|(chunk, _)| chunk.0).collect()
    }

    #[test]
    fn what_both_searches_find_comes_first() {
        let both = candidates(&[(11, 5.0), (12, 4.0), (13, 1.0)], &[(14, 0.6), (12, 0.55), (15, 0.3)]);
        assert_eq!(order(&both)[0], 12);
    }

    #[test]
    fn one_search_alone_keeps_its_order() {
        assert_eq!(order(&candidates(&[(3, 3.0), (1, 2.0), (2, 1.0)], &[])), [3, 1, 2]);
        assert_eq!(order(&candidates(&[], &[(3, 0.3)])), [3]);
    }

    #[test]
    fn a_page_that_says_much_together_lifts_its_chunks() {
        let mut found = candidates(&[(11, 5.0), (12, 4.5)], &[]);
        found.pages = vec![PageHit { document: DocumentId(1), page: 3, score: 9.0 }];
        assert_eq!(order(&found), [12, 11]);
    }

    #[test]
    fn a_phrase_lifts_the_chunk_that_holds_it() {
        let mut found = candidates(&[(11, 5.0), (12, 4.0)], &[]);
        found.phrases = vec![Hit { chunk: ChunkId(12), score: 4.0 }];
        assert_eq!(order(&found), [12, 11]);
    }

    #[test]
    fn the_document_that_the_question_names_comes_first_but_not_alone() {
        let mut found = candidates(&[(11, 5.0), (21, 4.0)], &[]);
        found.named = HashMap::from([(DocumentId(2), 1.0)]);
        assert_eq!(order(&found), [21, 11]);
    }
}
