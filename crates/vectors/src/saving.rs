//! An index on disk: segments, and a manifest that names them.
//!
//! New segments are written beside the old ones, then the manifest is replaced in one step, then what it does not name is
//! removed: a crash at any moment leaves either the old index or the new one.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::codes::Codes;
use crate::graph::{Graph, MOST_POINTS};
use crate::index::id_range;
use crate::manifest::{self, Manifest, SavedSegment};
use crate::part::{Part, Store};
use crate::segment::Segment;
use crate::{DamagedSegment, GRAPH_FROM, LoadError, Origin, SaveError, VectorIndex};

/// Of a segment, when more than a quarter was removed it is written again without that.
const MOST_REMOVED: usize = 4;

/// Vectors that a damaged segment held: they are to be handed in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// All of them have an id of these; the index may hold others of these still.
    pub ids: RangeInclusive<u64>,
    /// What was wrong.
    pub reason: String,
}

/// Which vectors to write to new segments, in place of those that hold them now.
pub struct Plan {
    dimensions: usize,
    sources: Vec<Arc<Store>>,
    /// What goes into each segment: an id, which source has it, and its slot there.
    segments: Vec<Vec<(u64, u32, u32)>>,
    with_graphs: bool,
}

/// Segments that were written, to be put in place by [`VectorIndex::adopt`].
pub struct Written {
    sources: Vec<Arc<Store>>,
    segments: Vec<Segment>,
}

impl VectorIndex {
    /// Opens the index saved in `directory` for `owner`, with the revision it was saved at and what could not be read of it.
    ///
    /// # Errors
    /// There is no index for this owner; build it again.
    pub fn load(
        directory: &Path,
        owner: &str,
        dimensions: usize,
    ) -> Result<(Self, u64, Vec<Lost>), LoadError> {
        loop {
            let manifest = Manifest::read(directory, owner, dimensions)?;
            let mut index = Self::new(dimensions);
            let mut lost = Vec::new();
            for saved in &manifest.segments {
                match Segment::open(&directory.join(&saved.file), &saved.checksum, owner, dimensions) {
                    Ok(segment) => {
                        let mut part = Part::new(Store::File(segment));
                        for id in &saved.removed {
                            part.remove(*id);
                        }
                        index.parts.push(part);
                    }
                    Err(error) => {
                        lost.push(Lost { ids: saved.ids.0..=saved.ids.1, reason: error.to_string() });
                    }
                }
            }
            // Another process may have written the index meanwhile, and taken the segments away.
            if lost.is_empty() || Manifest::read(directory, owner, dimensions)? == manifest {
                return Ok((index, manifest.revision, lost));
            }
        }
    }

    /// Takes a damaged segment out. None if the index has no longer one of this file.
    pub fn discard(&mut self, damaged: &DamagedSegment) -> Option<Lost> {
        let is_it =
            |part: &Part| matches!(&*part.store, Store::File(segment) if segment.file == damaged.file);
        let part = self.parts.remove(self.parts.iter().position(is_it)?);
        Some(Lost { ids: id_range(part.store.ids()), reason: damaged.to_string() })
    }

    /// What is worth writing: vectors that are in memory or in a segment without a graph, and segments of which much was
    /// removed. Fewer than [`GRAPH_FROM`] of them go into one segment without a graph; else those with a small graph go
    /// along, so that none is built anew more than a few times. None if everything is well where it is.
    #[must_use]
    pub fn plan(&self) -> Option<Plan> {
        let is_loose = |part: &&Part| {
            part.store.graph().is_none() || part.removed() * MOST_REMOVED > part.store.ids().len()
        };
        let loose: Vec<&Part> = self.parts.iter().filter(is_loose).collect();
        let count: usize = loose.iter().map(|part| part.len()).sum();
        let with_graphs = count >= GRAPH_FROM;
        let is_small = |part: &&Part| with_graphs && part.len() < MOST_POINTS / 2;
        let sources: Vec<&Part> = self.parts.iter().filter(|part| is_loose(part) || is_small(part)).collect();
        let is_well = |part: &&Part| {
            matches!(*part.store, Store::File(_)) && part.removed() * MOST_REMOVED <= part.store.ids().len()
        };
        if !with_graphs && sources.len() <= 1 && sources.iter().all(is_well) {
            return None;
        }
        let mut places: Vec<(u64, u32, u32)> = Vec::new();
        for (number, part) in sources.iter().enumerate() {
            places.extend(part.slots().map(|slot| (part.store.ids()[slot], number as u32, slot as u32)));
        }
        places.sort_unstable();
        let segments = places.len().div_ceil(MOST_POINTS);
        let each = places.len().div_ceil(segments.max(1)).max(1);
        Some(Plan {
            dimensions: self.dimensions,
            sources: sources.iter().map(|part| Arc::clone(&part.store)).collect(),
            segments: places.chunks(each).map(<[_]>::to_vec).collect(),
            with_graphs,
        })
    }

    /// Puts written segments in the place of what they were written from. What was removed meanwhile stays removed. They are
    /// left where the index no longer holds all that they were written from.
    pub fn adopt(&mut self, written: Written) {
        let is_source = |part: &Part| written.sources.iter().any(|source| Arc::ptr_eq(source, &part.store));
        if self.parts.iter().filter(|part| is_source(part)).count() < written.sources.len() {
            return;
        }
        let (sources, others): (Vec<Part>, Vec<Part>) =
            std::mem::take(&mut self.parts).into_iter().partition(is_source);
        self.parts = written.segments.into_iter().map(|segment| Part::new(Store::File(segment))).collect();
        for id in sources.iter().flat_map(Part::removed_ids) {
            self.remove(id);
        }
        // Behind them, as the last part is the one that grows.
        self.parts.extend(others);
    }

    /// Lets `directory` hold this index from now on, with its segments and without what is in memory alone, and removes
    /// everything else there.
    ///
    /// # Errors
    /// The file system refused; the index saved before still stands.
    pub fn commit(&self, directory: &Path, origin: &Origin) -> Result<(), SaveError> {
        let saved = |part: &Part| match &*part.store {
            Store::Memory(_) => None,
            Store::File(segment) => Some(SavedSegment {
                file: segment.file.file_name()?.to_str()?.to_owned(),
                checksum: segment.checksum.clone(),
                ids: id_range(segment.ids()).into_inner(),
                removed: part.removed_ids().collect(),
            }),
        };
        let segments: Vec<SavedSegment> = self.parts.iter().filter_map(saved).collect();
        let names: Vec<OsString> = segments.iter().map(|segment| segment.file.clone().into()).collect();
        fs::create_dir_all(directory).map_err(writing(directory))?;
        Manifest::new(origin, self.dimensions, segments).write(directory).map_err(writing(directory))?;
        remove_others(directory, &names);
        Ok(())
    }
}

impl Plan {
    /// Writes the segments into `directory`, which is created, one on each core at a time. Once `is_cancelled` returns true
    /// no further graph is built, and what is left is written without one.
    ///
    /// # Errors
    /// The file system refused, or a segment that is merged is damaged; nothing of this is left in the directory.
    pub fn write(
        self,
        directory: &Path,
        owner: &str,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Written, SaveError> {
        fs::create_dir_all(directory).map_err(writing(directory))?;
        let files = unused_files(directory, self.segments.len());
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        let work = || {
            while let Some((number, file)) = {
                let number = next.fetch_add(1, Ordering::Relaxed);
                files.get(number).map(|file| (number, file))
            } {
                let result = self.write_segment(number, file, owner, is_cancelled);
                results.lock().unwrap_or_else(PoisonError::into_inner).push((number, result));
            }
        };
        let cores = thread::available_parallelism().map_or(1, usize::from).min(files.len());
        thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_unstable_by_key(|(number, _)| *number);
        match results.into_iter().map(|(_, result)| result).collect() {
            Ok(segments) => Ok(Written { sources: self.sources, segments }),
            Err(error) => {
                for file in files {
                    let _ = fs::remove_file(file);
                }
                Err(error)
            }
        }
    }

    fn write_segment(
        &self,
        number: usize,
        file: &Path,
        owner: &str,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Segment, SaveError> {
        let mut codes = Codes::new(self.dimensions);
        for &(id, source, slot) in &self.segments[number] {
            codes.push(id, self.sources[source as usize].code(slot as usize)?);
        }
        let codes = Arc::new(codes);
        let graph = if self.with_graphs { Graph::build(&codes, is_cancelled) } else { None };
        let checksum = Segment::write(file, owner, &codes, graph).map_err(writing(file))?;
        Segment::open(file, &checksum, owner, self.dimensions)
            .map_err(|error| writing(file)(io::Error::other(error)))
    }
}

const PREFIX: &str = "segment-";

/// Names behind all that are there.
fn unused_files(directory: &Path, count: usize) -> Vec<PathBuf> {
    let number = |name: OsString| name.to_str()?.strip_prefix(PREFIX)?.parse::<u64>().ok();
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let last = entries.filter_map(|entry| number(entry.file_name())).max().unwrap_or(0);
    (last + 1..).take(count).map(|number| directory.join(format!("{PREFIX}{number}"))).collect()
}

/// What cannot be removed now is removed after the next save.
fn remove_others(directory: &Path, keep: &[OsString]) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if name != manifest::NAME && !keep.contains(&name) {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
}

fn writing(file: &Path) -> impl FnOnce(io::Error) -> SaveError {
    let file = PathBuf::from(file);
    move |source| SaveError::Write { file, source }
}
