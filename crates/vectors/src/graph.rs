//! Builds the HNSW graph of a segment.
//!
//! `hnsw_rs` links the points; what it has made is then laid out flat, by slot, and searched without it.

use std::sync::Arc;

use hnsw_rs::hnsw::{Hnsw, Point};
use hnsw_rs::prelude::Distance;
use serde::{Deserialize, Serialize};

use crate::codes::Codes;

/// Links of a point on each layer but the lowest, which has twice as many, and candidates looked at when it is linked. On
/// 20,000 clustered vectors of 1,024 dimensions all of the ten nearest were found with these; 200 candidates took twice as
/// long and found no more.
const LINKS: usize = 16;
const CANDIDATES: usize = 100;
const LAYERS: usize = 16;

/// Links of a point on the lowest layer.
pub(crate) const GROUND_LINKS: usize = 2 * LINKS;

/// Slots are counted in 16 bits: links take half of what they would with 32.
pub(crate) const MOST_POINTS: usize = 1 << 16;

pub(crate) struct Graph {
    /// By slot: those nearest to it. Where there are fewer, the point itself stands for the others.
    pub ground: Vec<[u16; GROUND_LINKS]>,
    pub upper: Upper,
}

/// What leads to a point from which the lowest layer is searched.
#[derive(Serialize, Deserialize)]
pub(crate) struct Upper {
    pub entry: u16,
    /// The highest first.
    pub layers: Vec<Layer>,
}

/// The links of one layer: those of the point `slots[i]` are `links[starts[i]..starts[i + 1]]`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Layer {
    slots: Vec<u16>,
    starts: Vec<u32>,
    links: Vec<u16>,
}

impl Graph {
    /// Links the points one after the other, as insertion from several threads gives another graph each time; the same codes
    /// give the same graph. There must be at least one and at most [`MOST_POINTS`]. None when cancelled.
    pub fn build(codes: &Arc<Codes>, is_cancelled: &dyn Fn() -> bool) -> Option<Self> {
        let count = codes.ids().len();
        let distance = SlotDistance { codes: Arc::clone(codes) };
        let hnsw = Hnsw::<u32, _>::new(LINKS, count, LAYERS, CANDIDATES, distance);
        for slot in 0..count {
            if is_cancelled() {
                return None;
            }
            hnsw.insert((&[slot as u32], slot));
        }
        Some(Self::flat(&hnsw, count))
    }

    fn flat(hnsw: &Hnsw<'_, u32, SlotDistance>, count: usize) -> Self {
        let points = hnsw.get_point_indexation();
        let highest = usize::from(hnsw.get_max_level_observed());
        // The search begins at the point that was the first to climb highest.
        let entry = points.get_layer_iterator(highest).next().map_or(0, |point| slot_of(&point));
        let mut ground: Vec<_> = (0..count).map(|slot| [slot as u16; GROUND_LINKS]).collect();
        let mut climbers: Vec<(u16, Vec<Vec<u16>>)> = Vec::new();
        for point in (0..=highest).flat_map(|layer| points.get_layer_iterator(layer)) {
            let slot = slot_of(&point);
            let mut links = links_of(&point);
            for (place, link) in ground[usize::from(slot)].iter_mut().zip(&links[0]) {
                *place = *link;
            }
            links.truncate(usize::from(point.get_point_id().0) + 1);
            if links.len() > 1 {
                climbers.push((slot, links));
            }
        }
        climbers.sort_unstable_by_key(|(slot, _)| *slot);
        let layers = (1..=highest).rev().map(|layer| Layer::of(&climbers, layer)).collect();
        Self { ground, upper: Upper { entry, layers } }
    }
}

impl Layer {
    fn of(climbers: &[(u16, Vec<Vec<u16>>)], layer: usize) -> Self {
        let mut flat = Self { slots: Vec::new(), starts: vec![0], links: Vec::new() };
        for (slot, links) in climbers.iter().filter(|(_, links)| links.len() > layer) {
            flat.slots.push(*slot);
            flat.links.extend(&links[layer]);
            flat.starts.push(flat.links.len() as u32);
        }
        flat
    }

    /// The links of a point; none where it is not on this layer.
    pub fn links(&self, slot: u16) -> &[u16] {
        self.slots
            .binary_search(&slot)
            .map_or(&[], |place| &self.links[self.starts[place] as usize..self.starts[place + 1] as usize])
    }
}

fn slot_of(point: &Point<'_, u32>) -> u16 {
    point.get_origin_id() as u16
}

/// The links of a point by layer, the lowest first.
fn links_of(point: &Point<'_, u32>) -> Vec<Vec<u16>> {
    let layers = point.get_neighborhood_id();
    layers.iter().map(|links| links.iter().map(|link| link.d_id as u16).collect()).collect()
}

/// One minus the similarity of two slots.
struct SlotDistance {
    codes: Arc<Codes>,
}

impl Distance<u32> for SlotDistance {
    fn eval(&self, left: &[u32], right: &[u32]) -> f32 {
        let [left, right] = [left, right].map(|slot| self.codes.code(slot[0] as usize));
        // Rounding takes some similarities above 1, and `hnsw_rs` asserts that no distance is negative.
        (1.0 - left.similarity(right)).max(0.0)
    }
}
