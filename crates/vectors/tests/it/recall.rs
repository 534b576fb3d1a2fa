//! What the index finds against what there is to find.

use std::path::Path;

use vectors::{GRAPH_FROM, VectorIndex, oversampled};

use crate::clustered::{Clustered, exact};

const DIMENSIONS: usize = 48;

const OWNER: &str = "a library";

/// Writes what there is to write.
fn write(index: &mut VectorIndex, directory: &Path) {
    let written = index.plan().unwrap().write(directory, OWNER, &|| false).unwrap();
    index.adopt(written);
}

/// The share of the ten nearest that are found when candidates are ranked again by the vectors themselves.
fn recall(index: &VectorIndex, vectors: &[Vec<f32>], queries: &[Vec<f32>], allowed: Option<&[u64]>) -> f64 {
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
    let in_memory = recall(&index, &vectors, &queries, None);
    assert!(in_memory >= 0.999, "{in_memory}");
    let directory = tempfile::tempdir().unwrap();
    write(&mut index, directory.path());
    assert_eq!(index.in_graphs(), 0, "a small index needs no graph");
    assert_eq!(recall(&index, &vectors, &queries, None), in_memory);
}

#[test]
fn graphs_find_nearly_all_and_their_tail_and_filter_too() {
    let mut clustered = Clustered::new(DIMENSIONS, 200);
    let vectors = clustered.vectors(GRAPH_FROM + 5_000);
    let queries = clustered.vectors(200);
    let directory = tempfile::tempdir().unwrap();
    let mut index = VectorIndex::new(DIMENSIONS);
    for (id, vector) in vectors.iter().enumerate() {
        index.insert(id as u64, vector).unwrap();
        if id == GRAPH_FROM {
            write(&mut index, directory.path());
        }
    }
    assert_eq!(index.in_graphs(), GRAPH_FROM + 1);
    let all = recall(&index, &vectors, &queries, None);
    assert!(all >= 0.99, "{all}");
    for (every, least) in [(1_000, 1.0), (100, 0.999), (10, 0.999), (2, 0.99)] {
        let some: Vec<u64> = (0..vectors.len() as u64).filter(|id| id % every == 0).collect();
        let some = recall(&index, &vectors, &queries, Some(&some));
        assert!(some >= least, "one of {every}: {some}");
    }

    write(&mut index, directory.path());
    assert_eq!(index.in_graphs(), GRAPH_FROM + 1, "so few more are not worth a graph");
    for id in 0..GRAPH_FROM as u64 / 2 {
        index.remove(id);
    }
    let left: Vec<u64> = (GRAPH_FROM as u64 / 2..vectors.len() as u64).collect();
    let found = recall(&index, &vectors, &queries, Some(&left));
    assert!(found >= 0.99, "{found}");
    write(&mut index, directory.path());
    assert_eq!(
        (index.removed(), index.len(), index.in_graphs()),
        (0, left.len(), 0),
        "too few are left for a graph"
    );
    assert_eq!(recall(&index, &vectors, &queries, Some(&left)), found.max(1.0));
}

#[test]
fn the_same_vectors_give_the_same_graphs_while_they_are_searched() {
    let mut clustered = Clustered::new(8, 20);
    let vectors = clustered.vectors(2 * GRAPH_FROM);
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
    let directories = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut alone = build();
    write(&mut alone, directories[0].path());

    let mut searched = build();
    let before = answers(&searched);
    let plan = searched.plan().unwrap();
    let written = std::thread::scope(|scope| {
        let writing = scope.spawn(|| plan.write(directories[1].path(), OWNER, &|| false).unwrap());
        assert_eq!(answers(&searched), before);
        searched.insert(u64::MAX, &vectors[0]).unwrap();
        searched.remove(1);
        writing.join().unwrap()
    });
    searched.adopt(written);
    assert_eq!((searched.len(), searched.removed()), (vectors.len(), 1));
    searched.remove(u64::MAX);
    searched.insert(1, &vectors[1]).unwrap();
    assert_eq!(answers(&alone), answers(&searched));
    let file = |directory: &tempfile::TempDir| std::fs::read(directory.path().join("segment-1")).unwrap();
    assert!(file(&directories[0]) == file(&directories[1]));
}

#[test]
fn a_cancelled_graph_is_built_the_next_time() {
    let mut clustered = Clustered::new(8, 20);
    let mut index = VectorIndex::new(8);
    for (id, vector) in clustered.vectors(GRAPH_FROM).iter().enumerate() {
        index.insert(id as u64, vector).unwrap();
    }
    let directory = tempfile::tempdir().unwrap();
    let written = index.plan().unwrap().write(directory.path(), OWNER, &|| true).unwrap();
    index.adopt(written);
    assert_eq!((index.len(), index.in_graphs()), (GRAPH_FROM, 0));
    write(&mut index, directory.path());
    assert_eq!(index.in_graphs(), GRAPH_FROM);
    assert!(index.plan().is_none(), "all is where it belongs");
}
