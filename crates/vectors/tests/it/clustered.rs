//! Vectors that lie in clusters, as embeddings do, the same ones each time.

/// A generator of pseudo-random numbers (SplitMix64).
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From -1 to 1, mostly near 0.
    fn offset(&mut self) -> f32 {
        let sum: f32 = (0..4).map(|_| (self.next() >> 40) as f32 / (1 << 24) as f32).sum();
        sum / 2.0 - 1.0
    }
}

/// Unit vectors around `clusters` centres.
pub struct Clustered {
    centres: Vec<Vec<f32>>,
    pub random: Random,
}

impl Clustered {
    pub fn new(dimensions: usize, clusters: usize) -> Self {
        let mut random = Random(1);
        let centres = (0..clusters).map(|_| (0..dimensions).map(|_| random.offset()).collect()).collect();
        Self { centres, random }
    }

    pub fn vector(&mut self) -> Vec<f32> {
        let cluster = self.random.below(self.centres.len());
        let vector: Vec<f32> =
            self.centres[cluster].iter().map(|value| value + self.random.offset() / 2.0).collect();
        let length = vectors::similarity(&vector, &vector).sqrt();
        vector.iter().map(|value| value / length).collect()
    }

    pub fn vectors(&mut self, count: usize) -> Vec<Vec<f32>> {
        (0..count).map(|_| self.vector()).collect()
    }
}

/// The ids (places in `vectors`) of the nearest to `query`, best first.
pub fn exact(query: &[f32], ids: impl Iterator<Item = u64>, vectors: &[Vec<f32>], count: usize) -> Vec<u64> {
    let mut ranked: Vec<(f32, u64)> =
        ids.map(|id| (vectors::similarity(query, &vectors[id as usize]), id)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(count).map(|(_, id)| id).collect()
}
