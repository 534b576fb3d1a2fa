//! Unit vectors in clusters of a subspace, questions like them, and what is nearest to these.

use std::collections::BTreeMap;

/// Of the subspace: so many directions tell texts apart, whatever the model gives out.
const SUBSPACE: usize = 60;
/// How many vectors are in a cluster.
const CLUSTER: usize = 100;
const QUERIES: usize = 500;

pub struct Sample {
    dimensions: usize,
    vectors: Vec<f32>,
    queries: Vec<f32>,
}

impl Sample {
    pub fn new(count: usize, dimensions: usize) -> Self {
        let mut random = Random(1);
        let axes: Vec<f32> = (0..SUBSPACE * dimensions).map(|_| random.normal()).collect();
        let centres: Vec<f32> = (0..count.div_ceil(CLUSTER) * SUBSPACE).map(|_| random.normal()).collect();
        let mut make = |count| {
            let mut vectors = Vec::with_capacity(count * dimensions);
            for _ in 0..count {
                let cluster = random.below(centres.len() / SUBSPACE) * SUBSPACE;
                let mut vector = vec![0.0; dimensions];
                for (place, axis) in (cluster..).zip(axes.chunks(dimensions)) {
                    let along = centres[place] + random.normal() / 2.0;
                    vector.iter_mut().zip(axis).for_each(|(value, axis)| *value += along * axis);
                }
                let length = vectors::similarity(&vector, &vector).sqrt();
                vectors.extend(vector.iter().map(|value| value / length));
            }
            vectors
        };
        let (vectors, queries) = (make(count), make(QUERIES));
        Self { dimensions, vectors, queries }
    }

    pub fn count(&self) -> usize {
        self.vectors.len() / self.dimensions
    }

    /// One after the other, as they stand in memory.
    pub fn raw(&self) -> [&[f32]; 2] {
        [&self.vectors, &self.queries]
    }

    pub fn vectors(&self) -> impl Iterator<Item = &[f32]> {
        self.vectors.chunks(self.dimensions)
    }

    pub fn queries(&self) -> impl Iterator<Item = &[f32]> {
        self.queries.chunks(self.dimensions)
    }

    /// Those of `ids` (places among the vectors) that are nearest, best first.
    pub fn nearest(&self, query: &[f32], ids: impl Iterator<Item = u64>, count: usize) -> Vec<u64> {
        let similarity = |id: u64| {
            let start = id as usize * self.dimensions;
            vectors::similarity(query, &self.vectors[start..start + self.dimensions])
        };
        let mut ranked: Vec<(f32, u64)> = ids.map(|id| (similarity(id), id)).collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(count).map(|(_, id)| id).collect()
    }

    /// The share of the nearest that were found for each question.
    pub fn recall(&self, found: &[Vec<u64>], allowed: Option<&[u64]>) -> f64 {
        let all: Vec<u64> = (0..self.count() as u64).collect();
        let allowed = allowed.unwrap_or(&all);
        let mut counts = BTreeMap::from([(true, 0_u32), (false, 0)]);
        for (query, found) in self.queries().zip(found) {
            for wanted in self.nearest(query, allowed.iter().copied(), super::FOUND) {
                *counts.entry(found.contains(&wanted)).or_default() += 1;
            }
        }
        f64::from(counts[&true]) / f64::from(counts[&true] + counts[&false])
    }
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Of variance 1, nearly normal: the sum of twelve even ones.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| (self.next() >> 40) as f32 / (1 << 24) as f32).sum::<f32>() - 6.0
    }
}
