//! The index: its parts, and the search over all of them.

use std::ops::RangeInclusive;

use crate::VectorError;
use crate::code::OwnedCode;
use crate::codes::Codes;
use crate::nearest::{Nearest, Neighbour};
use crate::part::{Findable, Part, Store};

/// An index of fewer vectors is only scanned. Scanning 20,000 codes of 1,024 dimensions takes 3 ms, which nobody
/// waits for, and finds all that a graph finds; building their graph takes 12 s of one core.
pub const GRAPH_FROM: usize = 20_000;

/// Graphs are searched for no fewer than this. Of the ten nearest among 100,000 clustered vectors of 1,024 dimensions, ranked
/// again, .9998 were found with 40, and all with 64 in half as much time again.
const MIN_CANDIDATES: usize = 40;

/// So many similarities are computed in graphs for each vector that is to be found, were all findable: 18 to 20 for 64 of
/// 100,000 clustered vectors of 1,024 dimensions, whatever share of them was.
const MET_FOR_EACH: usize = 20;

/// A similarity computed on the way through a graph takes as long as so many in a scan, which reads memory in its order: .34
/// and .12 µs there.
const SCANNED_MEANWHILE: usize = 3;

/// How many candidates to ask for when `wanted` shall remain after ranking them by their exact similarity: a fifth more. Of the
/// ten nearest among 20,000 clustered vectors codes alone put .992 among their first ten, and all among their first twelve; of
/// the 300 nearest .973 among their first 300, and all among their first 360.
#[must_use]
pub fn oversampled(wanted: usize) -> usize {
    wanted.saturating_add(wanted / 5).max(20)
}

/// Vectors of unit length, found by their nearness to another.
///
/// Vectors can be searched for as soon as they are handed in: they are scanned until a segment with a graph is made of
/// them. So nobody waits for a graph. Hand them in with ids that grow, or the index falls into many small parts.
pub struct VectorIndex {
    pub(crate) dimensions: usize,
    pub(crate) parts: Vec<Part>,
}

impl VectorIndex {
    /// An empty index for vectors of so many dimensions.
    #[must_use]
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions, parts: Vec::new() }
    }

    /// How many values each vector has.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many vectors can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(Part::len).sum()
    }

    /// Whether no vector can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many vectors were removed or replaced and still take up room, until segments are written without them.
    #[must_use]
    pub fn removed(&self) -> usize {
        self.parts.iter().map(Part::removed).sum()
    }

    /// How many vectors are found by a graph; the others are scanned.
    #[must_use]
    pub fn in_graphs(&self) -> usize {
        self.parts.iter().filter(|part| part.store.graph().is_some()).map(Part::len).sum()
    }

    /// Whether a vector with this id can be found.
    #[must_use]
    pub fn holds(&self, id: u64) -> bool {
        self.parts.iter().any(|part| part.holds(id))
    }

    /// Takes in a vector of unit length; an earlier one with this id is replaced.
    ///
    /// # Errors
    /// The vector does not fit the index.
    pub fn insert(&mut self, id: u64, vector: &[f32]) -> Result<(), VectorError> {
        self.check(vector)?;
        let code = OwnedCode::new(vector)?;
        self.remove(id);
        if let Some(codes) = self.parts.last_mut().and_then(|part| part.room_for(id)) {
            codes.push(id, code.code());
        } else {
            let mut codes = Codes::new(self.dimensions);
            codes.push(id, code.code());
            self.parts.push(Part::new(Store::Memory(codes)));
        }
        Ok(())
    }

    /// Leaves a vector out of all searches from now on. Returns whether there was one with this id.
    pub fn remove(&mut self, id: u64) -> bool {
        self.parts.iter_mut().any(|part| part.remove(id))
    }

    /// The `count` vectors nearest to `query`, best first; only those with an id in `allowed`, if given, which must be in
    /// ascending order.
    ///
    /// # Errors
    /// The query does not fit the index, or a segment is damaged.
    pub fn search(
        &self,
        query: &[f32],
        count: usize,
        allowed: Option<&[u64]>,
    ) -> Result<Vec<Neighbour>, VectorError> {
        self.check(query)?;
        let query = OwnedCode::new(query)?;
        let query = query.code();
        let findable: Vec<Findable> = self.parts.iter().map(|part| part.findable(allowed)).collect();
        let within: usize = findable.iter().map(Findable::count).sum();
        if self.is_worth_walking(count, within) {
            let mut nearest = Nearest::new(count.max(MIN_CANDIDATES));
            for (part, findable) in self.parts.iter().zip(&findable) {
                match part.store.graph() {
                    Some((segment, upper)) => segment.walk(upper, query, findable, &mut nearest)?,
                    None => part.scan(query, findable, &mut nearest)?,
                }
            }
            // Else the graphs do not lead to all that may be found.
            if nearest.len() >= count {
                return Ok(nearest.into_best(count));
            }
        }
        let mut nearest = Nearest::new(count);
        for (part, findable) in self.parts.iter().zip(&findable) {
            part.scan(query, findable, &mut nearest)?;
        }
        Ok(nearest.into_best(count))
    }

    /// Whether the graphs lead to `count` of the vectors `within` a filter sooner than a look at each of these: the fewer
    /// there are of them, the more others are met on the way.
    fn is_worth_walking(&self, count: usize, within: usize) -> bool {
        let all: usize = self.parts.iter().map(|part| part.store.ids().len()).sum();
        let met = count.max(MIN_CANDIDATES).saturating_mul(MET_FOR_EACH).saturating_mul(all) / within.max(1);
        met.saturating_mul(SCANNED_MEANWHILE) < within
    }

    fn check(&self, vector: &[f32]) -> Result<(), VectorError> {
        if vector.len() == self.dimensions {
            Ok(())
        } else {
            Err(VectorError::Dimensions { expected: self.dimensions, received: vector.len() })
        }
    }
}

/// The ids that a part holds, removed ones included.
pub(crate) fn id_range(ids: &[u64]) -> RangeInclusive<u64> {
    ids.first().copied().unwrap_or(1)..=ids.last().copied().unwrap_or(0)
}
