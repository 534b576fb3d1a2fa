//! A part of an index: some vectors, in memory or in a segment, and which of them were removed.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use crate::DamagedSegment;
use crate::code::Code;
use crate::codes::Codes;
use crate::graph::{MOST_POINTS, Upper};
use crate::nearest::Nearest;
use crate::segment::Segment;

pub(crate) struct Part {
    pub store: Arc<Store>,
    removed: FixedBitSet,
}

/// Never changes but for codes in memory, to which more are added.
pub(crate) enum Store {
    Memory(Codes),
    File(Segment),
}

/// Which slots a search may find.
pub(crate) enum Findable {
    All(usize),
    Some(FixedBitSet),
}

impl Store {
    /// In ascending order.
    pub fn ids(&self) -> &[u64] {
        match self {
            Self::Memory(codes) => codes.ids(),
            Self::File(segment) => segment.ids(),
        }
    }

    pub fn code(&self, slot: usize) -> Result<Code<'_>, DamagedSegment> {
        match self {
            Self::Memory(codes) => Ok(codes.code(slot)),
            Self::File(segment) => Ok(segment.record(slot)?.code),
        }
    }

    /// The segment, if it has a graph.
    pub fn graph(&self) -> Option<(&Segment, &Upper)> {
        match self {
            Self::Memory(_) => None,
            Self::File(segment) => Some((segment, segment.upper()?)),
        }
    }
}

impl Part {
    pub fn new(store: Store) -> Self {
        Self { store: Arc::new(store), removed: FixedBitSet::new() }
    }

    /// How many vectors can be found.
    pub fn len(&self) -> usize {
        self.store.ids().len() - self.removed()
    }

    pub fn removed(&self) -> usize {
        self.removed.count_ones(..)
    }

    pub fn removed_ids(&self) -> impl Iterator<Item = u64> {
        self.removed.ones().map(|slot| self.store.ids()[slot])
    }

    /// The slots whose vectors were not removed.
    pub fn slots(&self) -> impl Iterator<Item = usize> {
        (0..self.store.ids().len()).filter(|&slot| !self.removed.contains(slot))
    }

    pub fn holds(&self, id: u64) -> bool {
        self.slot(id).is_some_and(|slot| !self.removed.contains(slot))
    }

    /// Returns whether the vector was there.
    pub fn remove(&mut self, id: u64) -> bool {
        let Some(slot) = self.slot(id) else { return false };
        self.removed.grow(self.store.ids().len());
        !self.removed.put(slot)
    }

    fn slot(&self, id: u64) -> Option<usize> {
        // Most ids are larger than all there are.
        let ids = self.store.ids();
        if ids.last().is_none_or(|last| *last < id) { None } else { ids.binary_search(&id).ok() }
    }

    /// Where a vector with this id can be added: in memory, with room, behind smaller ids, and while nobody reads them to
    /// write a segment.
    pub fn room_for(&mut self, id: u64) -> Option<&mut Codes> {
        match Arc::get_mut(&mut self.store)? {
            Store::Memory(codes) => {
                let has_room =
                    codes.ids().len() < MOST_POINTS && codes.ids().last().is_none_or(|last| *last < id);
                has_room.then_some(codes)
            }
            Store::File(_) => None,
        }
    }

    /// What may be found where only some ids are allowed, in ascending order.
    pub fn findable(&self, allowed: Option<&[u64]>) -> Findable {
        let ids = self.store.ids();
        let mut some = FixedBitSet::with_capacity(ids.len());
        match allowed {
            None if self.removed.is_clear() => return Findable::All(ids.len()),
            None => some.insert_range(..),
            Some(allowed) => {
                let mut slot = 0;
                let first = allowed.partition_point(|id| ids.first().is_some_and(|first| id < first));
                for &id in &allowed[first..] {
                    slot += places_before(&ids[slot..], id);
                    match ids.get(slot) {
                        None => break,
                        Some(found) if *found == id => some.insert(slot),
                        Some(_) => {}
                    }
                }
            }
        }
        some.difference_with(&self.removed);
        Findable::Some(some)
    }

    pub fn scan(
        &self,
        query: Code<'_>,
        findable: &Findable,
        nearest: &mut Nearest,
    ) -> Result<(), DamagedSegment> {
        let ids = self.store.ids();
        findable.try_for_each(|slot| {
            nearest.offer(ids[slot], query.similarity(self.store.code(slot)?));
            Ok(())
        })
    }
}

impl Findable {
    pub fn count(&self) -> usize {
        match self {
            Self::All(count) => *count,
            Self::Some(slots) => slots.count_ones(..),
        }
    }

    pub fn contains(&self, slot: usize) -> bool {
        match self {
            Self::All(_) => true,
            Self::Some(slots) => slots.contains(slot),
        }
    }

    fn try_for_each<E>(&self, mut use_slot: impl FnMut(usize) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::All(count) => (0..*count).try_for_each(use_slot),
            Self::Some(slots) => slots.ones().try_for_each(&mut use_slot),
        }
    }
}

/// How many ids are smaller, in strides that double: quick for few ids among many and for nearly all of them.
fn places_before(ids: &[u64], id: u64) -> usize {
    let mut stride = 1;
    while ids.get(stride).is_some_and(|later| *later < id) {
        stride *= 2;
    }
    let start = stride / 2;
    start + ids[start..ids.len().min(stride + 1)].partition_point(|smaller| *smaller < id)
}
