//! The findings of all searches as one ranking of chunks.

use std::collections::HashMap;

use library::{ChunkId, ChunkPlace, DocumentId, Hit};
use serde::Serialize;

use super::candidates::Candidates;
use super::params::PARAMS;

/// What a chunk's score is the sum of: the steps that give points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Part {
    /// The words of the chunk.
    Words,
    /// Its phrases.
    Phrases,
    /// The words of its page.
    PageWords,
    /// The phrases of its page.
    PagePhrases,
    /// Its vector, with those around it.
    Vectors,
    /// The question names its document.
    Names,
    /// The question asks for an amount, and it is figures.
    Amounts,
    /// The question names its page, table or section.
    Places,
}

impl Part {
    pub(super) const ALL: [Self; 8] = [
        Self::Words,
        Self::Phrases,
        Self::PageWords,
        Self::PagePhrases,
        Self::Vectors,
        Self::Names,
        Self::Amounts,
        Self::Places,
    ];
}

/// How much each part gives a chunk.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Parts([f32; Part::ALL.len()]);

impl Parts {
    pub(super) fn of(&self, part: Part) -> f32 {
        self.0[part as usize]
    }

    pub(super) fn add(&mut self, part: Part, points: f32) {
        self.0[part as usize] += points;
    }

    /// Adds a share of the score so far.
    pub(super) fn lift(&mut self, part: Part, share: f32) {
        self.add(part, share * self.score());
    }

    pub(super) fn score(&self) -> f32 {
        self.0.iter().sum()
    }
}

/// All chunks found, best first.
///
/// Words of the chunk, words of its page and vectors count the same: other weights are better on one set of questions
/// and worse on the next (docs/retrieval.md). Scores, not ranks, are added up: how far the first stands above the
/// second is what tells a page that holds the answer from one that shares some words. Words are measured against the
/// best hit, vectors between the best and the last hit, because even unrelated texts have some similarity.
pub(super) fn fuse(candidates: &Candidates) -> Vec<(ChunkId, Parts)> {
    let mut scores: HashMap<ChunkId, Parts> = HashMap::new();
    let best_words = best(candidates.lexical.first().map(|hit| hit.score));
    for hit in &candidates.lexical {
        scores.entry(hit.chunk).or_default().add(Part::Words, hit.score / best_words);
    }
    for hit in &candidates.phrases {
        scores.entry(hit.chunk).or_default().add(Part::Phrases, PARAMS.phrase * hit.score / best_words);
    }
    for (chunk, score) in similarities(&candidates.dense) {
        scores.entry(chunk).or_default().add(Part::Vectors, score);
    }
    let pages = PageScores::of(candidates);
    let mut fused: Vec<(ChunkId, Parts)> = scores
        .into_iter()
        .filter_map(|(chunk, mut parts)| {
            let place = candidates.places.get(&chunk)?;
            let [words, phrases] = pages.best(place);
            parts.add(Part::PageWords, words);
            parts.add(Part::PagePhrases, phrases);
            let named = candidates.named.get(&place.document).copied().unwrap_or_default();
            parts.lift(Part::Names, PARAMS.named * named);
            Some((chunk, parts))
        })
        .collect();
    best_first(&mut fused);
    fused
}

/// Puts chunks in order, those of the same score by their ids.
pub(super) fn best_first(chunks: &mut [(ChunkId, Parts)]) {
    chunks.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
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

/// What the words and the phrases of each page score, as shares of the best page's words.
struct PageScores(HashMap<(DocumentId, u32), [f32; 2]>);

impl PageScores {
    fn of(candidates: &Candidates) -> Self {
        let best = best(candidates.pages.first().map(|hit| hit.score));
        let mut scores: HashMap<(DocumentId, u32), [f32; 2]> = HashMap::new();
        for hit in &candidates.pages {
            scores.entry((hit.document, hit.page)).or_default()[0] += hit.score / best;
        }
        for hit in &candidates.page_phrases {
            scores.entry((hit.document, hit.page)).or_default()[1] += PARAMS.phrase * hit.score / best;
        }
        Self(scores)
    }

    /// Those of the best page that a chunk stands on.
    fn best(&self, place: &ChunkPlace) -> [f32; 2] {
        let pages = place.page_first..=place.page_last;
        let scores = pages.filter_map(|page| self.0.get(&(place.document, page)).copied());
        scores.max_by(|a, b| (a[0] + a[1]).total_cmp(&(b[0] + b[1]))).unwrap_or_default()
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
    fn a_score_is_the_sum_of_what_each_step_gives() {
        let mut found = candidates(&[(11, 5.0), (12, 4.0)], &[(12, 0.8), (11, 0.6), (13, 0.4)]);
        found.phrases = vec![Hit { chunk: ChunkId(12), score: 2.0 }];
        found.pages = vec![PageHit { document: DocumentId(1), page: 3, score: 9.0 }];
        found.page_phrases = vec![PageHit { document: DocumentId(1), page: 3, score: 4.5 }];
        found.named = HashMap::from([(DocumentId(1), 0.5)]);
        let fused = fuse(&found);
        let (chunk, parts) = fused[0];
        assert_eq!(chunk, ChunkId(12));
        // Chunk 12 stands on page 3 of document 1.
        let by_hand = [
            (Part::Words, 4.0 / 5.0),
            (Part::Phrases, PARAMS.phrase * 2.0 / 5.0),
            (Part::PageWords, 1.0),
            (Part::PagePhrases, PARAMS.phrase * 0.5),
            (Part::Vectors, 1.0),
        ];
        let searched: f32 = by_hand.iter().map(|(_, points)| points).sum();
        for (part, points) in by_hand.into_iter().chain([
            (Part::Names, PARAMS.named * 0.5 * searched),
            (Part::Amounts, 0.0),
            (Part::Places, 0.0),
        ]) {
            assert!((parts.of(part) - points).abs() < 1e-6, "{part:?} is {}, not {points}", parts.of(part));
        }
        assert!((parts.score() - searched * (1.0 + PARAMS.named * 0.5)).abs() < 1e-6);
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
