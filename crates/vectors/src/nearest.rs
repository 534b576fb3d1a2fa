//! The best of what a search has met.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A vector found, with its approximate similarity to the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// As handed in with the vector.
    pub id: u64,
    /// From -1 (opposite) to 1 (the same direction), within about a hundredth.
    pub similarity: f32,
}

/// Something with its similarity: greater than those less similar, and of equals than those of a larger key, so that the
/// same search gives the same answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranked {
    pub similarity: f32,
    pub key: u64,
}

/// So many of the best, and what a vector must be nearer than to be one of them.
pub(crate) struct Nearest {
    limit: usize,
    kept: BinaryHeap<Reverse<Ranked>>,
}

impl Nearest {
    pub fn new(limit: usize) -> Self {
        Self { limit, kept: BinaryHeap::with_capacity(limit + 1) }
    }

    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Nothing less similar is kept.
    pub fn bound(&self) -> f32 {
        if self.kept.len() < self.limit {
            return f32::NEG_INFINITY;
        }
        self.kept.peek().map_or(f32::INFINITY, |worst| worst.0.similarity)
    }

    pub fn offer(&mut self, id: u64, similarity: f32) {
        if similarity < self.bound() {
            return;
        }
        self.kept.push(Reverse(Ranked { similarity, key: id }));
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    /// The `count` best, best first.
    pub fn into_best(self, count: usize) -> Vec<Neighbour> {
        let sorted = self.kept.into_sorted_vec();
        let neighbour = |best: Reverse<Ranked>| Neighbour { id: best.0.key, similarity: best.0.similarity };
        sorted.into_iter().take(count).map(neighbour).collect()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.similarity.total_cmp(&other.similarity).then(other.key.cmp(&self.key))
    }
}
