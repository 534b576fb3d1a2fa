use std::collections::HashMap;

use library::ChunkPlace;

use super::*;
use crate::retrieval::candidates::Candidates;
use crate::retrieval::{fusion, joining};

const LEASE: DocumentId = DocumentId(1);
const LOG: DocumentId = DocumentId(2);

/// Chunk 14 is page 4 of document 1.
fn place(chunk: i64) -> ChunkPlace {
    let (document, page) = (DocumentId(chunk / 10), chunk as u32 % 10);
    ChunkPlace { chunk: ChunkId(chunk), document, ordinal: page, page_first: page, page_last: page }
}

fn hits(hits: &[(i64, f32)]) -> Vec<Hit> {
    hits.iter().map(|&(chunk, score)| Hit { chunk: ChunkId(chunk), score }).collect()
}

/// A search that found page 1 of the lease by all steps, its page 2 by words alone, its page 3 by the words of the page, which
/// are no candidate by themselves, and page 1 of the log by vectors alone.
fn trace() -> Trace {
    let page = |document, page, score| PageHit { document, page, score };
    let found = Candidates {
        lexical: hits(&[(11, 6.0), (12, 3.0)]),
        phrases: hits(&[(11, 2.0)]),
        pages: vec![page(LEASE, 1, 8.0), page(LEASE, 3, 4.0)],
        page_phrases: vec![page(LEASE, 1, 2.0)],
        dense: hits(&[(21, 0.8), (11, 0.7), (22, 0.4)]),
        named: HashMap::from([(LEASE, 0.5), (LOG, 0.2)]),
        places: [11, 12, 21, 22].map(|chunk| (ChunkId(chunk), place(chunk))).into(),
    };
    let fused = fusion::fuse(&found);
    let scores: Vec<(ChunkId, f32)> = fused.iter().map(|(chunk, parts)| (*chunk, parts.score())).collect();
    let mut passages = joining::groups(&scores, &found.places, true);
    // The log's second page says what its first one does.
    let repetition = passages.pop().unwrap();
    let repeated = vec![(repetition, passages[1].clone())];
    Trace { found, fused, passages, limit: 3, repeated, reranked: Vec::new() }
}

fn of(explained: &Explained, step: Part) -> ExplainedPart {
    *explained.parts.iter().find(|part| part.step == step).unwrap()
}

#[test]
fn the_points_of_all_steps_are_the_score() {
    let trace = trace();
    let explained = trace.explained(LEASE, 1, &[ChunkId(11)]);
    let points: f32 = explained.parts.iter().map(|part| part.points).sum();
    let shares: f32 = explained.parts.iter().map(|part| part.share).sum();
    assert!((points - trace.fused[0].1.score()).abs() < 1e-6 && (shares - 1.0).abs() < 1e-6);
    assert_eq!((explained.score, explained.scored.rank), (explained.best_score, Some(1)));
    let vectors = of(&explained, Part::Vectors).standing;
    assert_eq!(vectors, Standing { rank: Some(2), of: 3, most: Some(200) });
    assert_eq!(of(&explained, Part::Names).standing, Standing { rank: Some(1), of: 2, most: None });
    assert_eq!(explained.passages, Standing { rank: Some(1), of: 3, most: Some(3) });
}

#[test]
fn a_page_that_one_step_found_is_missing_in_the_others() {
    let explained = trace().explained(LOG, 1, &[ChunkId(21)]);
    let ranks: Vec<Option<u32>> = explained.parts.iter().map(|part| part.standing.rank).collect();
    assert_eq!(ranks, [None, None, None, None, Some(1), Some(2), None, None]);
    assert!((of(&explained, Part::Vectors).points - 1.0).abs() < 1e-6);
    assert_eq!(explained.repeats, None);
}

#[test]
fn a_page_that_was_not_found_has_no_score_and_says_what_there_was() {
    let trace = trace();
    let unfound = trace.explained(LEASE, 3, &[ChunkId(13)]);
    assert_eq!((unfound.score, unfound.scored.rank, unfound.passages.rank), (0.0, None, None));
    assert!(unfound.best_score > 0.0);
    assert_eq!(of(&unfound, Part::Words).standing, Standing { rank: None, of: 2, most: Some(900) });
    assert_eq!(of(&unfound, Part::PageWords).standing, Standing { rank: Some(2), of: 2, most: Some(300) });
    assert_eq!(of(&unfound, Part::Places).standing.of, 0);
}

#[test]
fn what_says_the_same_again_names_what_stands_in_its_place() {
    let trace = trace();
    let left_out = trace.repeated[0].0.chunks[0];
    let explained = trace.explained(left_out.document, left_out.page_first, &[left_out.chunk]);
    assert_eq!((explained.scored.rank, explained.passages.rank), (Some(4), None));
    assert_eq!(explained.repeats, Some(Found::from(&trace.passages[1])));
}

#[test]
fn the_reranker_has_an_order_of_its_own() {
    let trace = Trace { reranked: vec![1, 0, 2], ..trace() };
    let explained = trace.explained(LEASE, 1, &[ChunkId(11)]);
    assert_eq!(explained.passages.rank, Some(1));
    assert_eq!(explained.reranked, Some(Standing { rank: Some(2), of: 3, most: Some(20) }));
}
