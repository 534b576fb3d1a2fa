//! How well and how fast the nearest are found, of vectors in clusters of a subspace, as those of texts are.
//!
//! `cargo xtask bench vectors [COUNT]…` prints a table, with the Python packages of others in it where they are installed.
//! Times are of the processor, so that a busy computer changes them little.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it prints figures, and cannot go on without a file"
)]

mod clustered;
mod measured;
mod peers;

use std::path::Path;
use std::time::Instant;

use cpu_time::ProcessTime;
use vectors::{Origin, VectorIndex, oversampled};

use clustered::Sample;
use measured::{Measured, heading, resident};

const DIMENSIONS: usize = 1024;
const FOUND: usize = 10;
const OWNER: &str = "measured";

fn main() {
    // `cargo test` runs benches too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let counts = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let directory = tempfile::tempdir().unwrap();
    for count in counts {
        println!("\n{count} vectors of {DIMENSIONS} dimensions\n{}", heading());
        let sample = Sample::new(count, DIMENSIONS);
        let folder = directory.path().join(count.to_string());
        println!("{}", ours(&sample, &folder));
        let index = VectorIndex::load(&folder, OWNER, DIMENSIONS).unwrap().0;
        filtered(&sample, &index);
        drop(index);
        peers::measure(&sample, directory.path());
    }
}

fn ours(sample: &Sample, folder: &Path) -> Measured {
    let mut index = VectorIndex::new(DIMENSIONS);
    for (id, vector) in (0..).zip(sample.vectors()) {
        index.insert(id, vector).unwrap();
    }
    let start = ProcessTime::now();
    let written = index.plan().unwrap().write(folder, OWNER, &|| false).unwrap();
    index.adopt(written);
    let build = start.elapsed();
    index.commit(folder, &Origin { owner: OWNER.to_owned(), revision: 1 }).unwrap();
    drop(index);

    let before = resident();
    let start = Instant::now();
    let (index, _, lost) = VectorIndex::load(folder, OWNER, DIMENSIONS).unwrap();
    let open = start.elapsed();
    assert!(lost.is_empty());
    // A scan looks at every record, so that all of the file is in memory, and checked.
    index.search(sample.queries().next().unwrap(), sample.count(), None).unwrap();
    let bytes = resident().saturating_sub(before) / sample.count();

    let start = ProcessTime::now();
    let found: Vec<Vec<u64>> = sample.queries().map(|query| search(sample, &index, query, None)).collect();
    let query = start.elapsed() / found.len() as u32;
    Measured { name: "vectors".to_owned(), recall: sample.recall(&found, None), query, bytes, build, open }
}

/// The ten nearest by their exact similarity.
fn search(sample: &Sample, index: &VectorIndex, query: &[f32], allowed: Option<&[u64]>) -> Vec<u64> {
    let candidates = index.search(query, oversampled(FOUND), allowed).unwrap();
    let ids = candidates.iter().map(|candidate| candidate.id);
    sample.nearest(query, ids, FOUND)
}

/// Searches of which only a share may be found.
fn filtered(sample: &Sample, index: &VectorIndex) {
    for every in [1000, 100, 10, 2] {
        let allowed: Vec<u64> = (0..sample.count() as u64).filter(|id| id % every == 0).collect();
        let start = ProcessTime::now();
        let found: Vec<Vec<u64>> =
            sample.queries().map(|query| search(sample, index, query, Some(&allowed))).collect();
        let query = start.elapsed() / found.len() as u32;
        let recall = sample.recall(&found, Some(&allowed));
        println!("  one of {every:>4} allowed: recall {recall:.4}, {} µs a query", query.as_micros());
    }
}
