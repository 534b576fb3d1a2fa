//! The way through the graph of a segment to the vectors nearest to a query.

use std::collections::BinaryHeap;

use fixedbitset::FixedBitSet;

use crate::DamagedSegment;
use crate::code::Code;
use crate::graph::{GROUND_LINKS, MOST_POINTS, Upper};
use crate::nearest::{Nearest, Ranked};
use crate::part::Findable;
use crate::segment::Segment;

/// So many points are looked around in each segment, even where none of them is as near as what other segments hold: the
/// nearest may lie behind them.
const LEAST_STEPS: usize = 16;

impl Segment {
    /// Offers what is findable near a query. What `nearest` holds already says how far it is worth going.
    pub fn walk(
        &self,
        upper: &Upper,
        query: Code<'_>,
        findable: &Findable,
        nearest: &mut Nearest,
    ) -> Result<(), DamagedSegment> {
        let mut visited = FixedBitSet::with_capacity(MOST_POINTS);
        let mut ahead = BinaryHeap::new();
        let entry = self.descend(upper, query)?;
        visited.insert(entry.key as usize);
        ahead.push(entry);
        if findable.contains(entry.key as usize) {
            nearest.offer(self.ids()[entry.key as usize], entry.similarity);
        }
        let mut steps = 0;
        let mut new = Vec::with_capacity(GROUND_LINKS);
        while let Some(point) = ahead.pop() {
            if steps >= LEAST_STEPS && point.similarity < nearest.bound() {
                break;
            }
            steps += 1;
            let links = self.record(point.key as usize)?.links.iter();
            new.clear();
            new.extend(
                links.map(|link| usize::from(u16::from_le_bytes(*link))).filter(|slot| !visited.put(*slot)),
            );
            self.fetch(&new);
            for &slot in &new {
                let similarity = query.similarity(self.record(slot)?.code);
                if similarity >= nearest.bound() || steps <= LEAST_STEPS {
                    ahead.push(Ranked { similarity, key: slot as u64 });
                    if findable.contains(slot) {
                        nearest.offer(self.ids()[slot], similarity);
                    }
                }
            }
        }
        Ok(())
    }

    /// From layer to layer to a point that none of its links there is nearer than.
    fn descend(&self, upper: &Upper, query: Code<'_>) -> Result<Ranked, DamagedSegment> {
        let ranked = |slot: u16| {
            let similarity = query.similarity(self.record(usize::from(slot))?.code);
            Ok(Ranked { similarity, key: u64::from(slot) })
        };
        let mut best = ranked(upper.entry)?;
        for layer in &upper.layers {
            loop {
                let from = best;
                for &link in layer.links(from.key as u16) {
                    best = best.max(ranked(link)?);
                }
                if best == from {
                    break;
                }
            }
        }
        Ok(best)
    }
}
