//! What the index finds against what there is to find.

use std::collections::HashSet;

use vectors::{GRAPH_FROM, VectorIndex, oversampled};

use crate::clustered::{Clustered, exact};

const DIMENSIONS: usize = 48;

/// How far a graph grows where its growth itself is looked at.
const GROWN: usize = 3_000;

/// The share of the ten nearest that are found when candidates are ranked again by the vectors themselves.
fn recall(
    index: &VectorIndex,
    vectors: &[Vec<f32>],
    queries: &[Vec<f32>],
    allowed: Option<&HashSet<u64>>,
) -> f64 {
    let mut found = 0;
    let mut wanted = 0;
    for query in queries {
        let candidates = index.search(query, oversampled(10), allowed).unwrap();
        let ranked = exact(query, candidates.iter().map(|candidate| candidate.id), vectors, 10);
        let all = (0..vectors.len() as u64).filter(|id| allowed.is_none_or(|allowed| allowed.contains(id)));
        let truth = exact(query, all, vectors, 10);
        wanted += truth.len();
        found += truth.iter().filter(|id| ranked.contains(id)).count();
    }
    f64::from(found as u32) / f64::from(wanted as u32)
}

#[test]
fn scan_finds_all() {
    let mut clustered = Clustered::new(DIMENSIONS, 50);
    let vectors = clustered.vectors(3_000);
    let queries = clustered.vectors(100);
    let mut index = VectorIndex::new(DIMENSIONS);
    for (id, vector) in vectors.iter().enumerate() {
        index.insert(id as u64, vector).unwrap();
    }
    assert_eq!(index.grow_graph(usize::MAX), 0);
    assert_eq!(index.in_graph(), 0, "a small index needs no graph");
    let recall = recall(&index, &vectors, &queries, None);
    assert!(recall >= 0.999, "{recall}");
}

#[test]
fn graph_finds_nearly_all_and_its_tail_and_filter_too() {
    let mut clustered = Clustered::new(DIMENSIONS, 200);
    let vectors = clustered.vectors(GRAPH_FROM + 2_000);
    let queries = clustered.vectors(200);
    let mut index = VectorIndex::new(DIMENSIONS);
    for (id, vector) in vectors.iter().enumerate() {
        index.insert(id as u64, vector).unwrap();
    }
    let in_graph = 10_000;
    assert_eq!(index.grow_graph(in_graph), vectors.len() - in_graph);
    assert_eq!(index.in_graph(), in_graph);
    let all = recall(&index, &vectors, &queries, None);
    assert!(all >= 0.99, "{all}");

    let few: HashSet<u64> = (0..vectors.len() as u64).filter(|id| id % 50 == 0).collect();
    let few = recall(&index, &vectors, &queries, Some(&few));
    assert!(few >= 0.999, "{few}");
    let most: HashSet<u64> = (0..vectors.len() as u64).filter(|id| id % 16 != 0).collect();
    let most = recall(&index, &vectors, &queries, Some(&most));
    assert!(most >= 0.99, "{most}");
}

#[test]
fn graph_grows_the_same_each_time_and_while_it_is_searched() {
    let mut clustered = Clustered::new(8, 20);
    let vectors = clustered.vectors(GRAPH_FROM);
    let queries = clustered.vectors(50);
    let build = || {
        let mut index = VectorIndex::new(8);
        for (id, vector) in vectors.iter().enumerate() {
            index.insert(id as u64, vector).unwrap();
        }
        index
    };
    let answers = |index: &VectorIndex| -> Vec<_> {
        queries.iter().map(|query| index.search(query, 10, None).unwrap()).collect()
    };
    let alone = build();
    alone.grow_graph(GROWN);
    let searched = build();
    let before = answers(&searched);
    std::thread::scope(|scope| {
        let growing = scope.spawn(|| while searched.grow_graph(100) > GRAPH_FROM - GROWN {});
        let mut rounds = 0;
        while rounds == 0 || !growing.is_finished() {
            rounds += 1;
            for (found, scanned) in answers(&searched).iter().zip(&before) {
                assert_eq!(found.len(), 10);
                let ids: HashSet<u64> = found.iter().map(|neighbour| neighbour.id).collect();
                assert_eq!(ids.len(), 10, "one vector was found twice");
                assert!(scanned[0].similarity >= found[0].similarity);
            }
        }
    });
    assert_eq!(answers(&alone), answers(&searched));
}
