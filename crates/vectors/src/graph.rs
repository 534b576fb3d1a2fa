//! The HNSW graph over the first slots of an index.
//!
//! A point of the graph is only the number of its slot; the distance looks the code up. One code is then
//! kept once, and the graph's own memory does not grow with the dimensions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hnsw_rs::api::AnnT;
use hnsw_rs::hnsw::Hnsw;
use hnsw_rs::hnswio::HnswIo;
use hnsw_rs::prelude::Distance;

use crate::code::Code;
use crate::similarity::code_product;

/// Codes by slot. It only grows, and can be read while it grows.
pub(crate) type Codes = boxcar::Vec<Code>;

/// Links of a point, and candidates looked at when it is linked. On 20,000 clustered vectors of 1,024 dimensions
/// all of the ten nearest were found with these; 200 candidates took twice as long and found no more.
const LINKS: usize = 16;
const CANDIDATES: usize = 100;
/// What `hnsw_rs` insists on when it writes a graph.
const LAYERS: usize = 16;

/// Where `hnsw_rs` keeps the scale of its layers in the file, after a magic number, the dump's mode and
/// the number of links.
const LEVEL_SCALE_OFFSET: usize = 6;

const BASENAME: &str = "graph";
/// The files of a saved graph.
pub(crate) const FILES: [&str; 2] = ["graph.hnsw.graph", "graph.hnsw.data"];

pub(crate) struct Graph {
    hnsw: Hnsw<'static, i8, CodeDistance>,
    /// The slots below it are in the graph.
    len: AtomicUsize,
    growing: Mutex<()>,
}

impl Graph {
    pub fn new(codes: Arc<Codes>) -> Self {
        // The expected number only sizes tables that grow by themselves.
        let hnsw = Hnsw::new(LINKS, crate::GRAPH_FROM, LAYERS, CANDIDATES, CodeDistance { codes });
        Self { hnsw, len: AtomicUsize::new(0), growing: Mutex::new(()) }
    }

    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    /// Takes in the slots from the last one taken in up to `end`. One point after the other, because
    /// insertion from several threads gives another graph each time. Searches go on meanwhile.
    pub fn grow_to(&self, end: usize) {
        let _growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        for slot in self.len()..end {
            self.hnsw.insert((&slot_point(slot as u32), slot));
            self.len.store(slot + 1, Ordering::Release);
        }
    }

    /// The slots nearest to a code, best first.
    pub fn search(&self, query: &Code, count: usize) -> Vec<u32> {
        let mut point = query.values.to_vec();
        point.extend(query.scale.to_le_bytes().map(u8::cast_signed));
        let neighbours = self.hnsw.search(&point, count, count);
        neighbours.iter().map(|neighbour| neighbour.d_id as u32).collect()
    }

    /// Writes [`FILES`] into `directory`. Returns how many slots they hold.
    ///
    /// None when `hnsw_rs` failed: it tells errors by text and by panics.
    pub fn save(&self, directory: &Path) -> Option<usize> {
        let _growing = self.growing.lock().unwrap_or_else(PoisonError::into_inner);
        catch_unwind(AssertUnwindSafe(|| self.hnsw.file_dump(directory, BASENAME))).ok()?.ok()?;
        mend_level_scale(&directory.join(FILES[0]), self.hnsw.get_point_indexation().get_level_scale())?;
        Some(self.len())
    }

    /// Reads what [`Graph::save`] wrote. The files must be known to be undamaged: `hnsw_rs` ends the
    /// process on some errors.
    pub fn load(directory: &Path, codes: Arc<Codes>) -> Option<Self> {
        // A graph borrows its reader, which holds two short strings: they stay until the process ends.
        let reader: &'static HnswIo = Box::leak(Box::new(HnswIo::new(directory, BASENAME)));
        let distance = CodeDistance { codes };
        let mut hnsw = catch_unwind(AssertUnwindSafe(|| reader.load_hnsw_with_dist(distance))).ok()?.ok()?;
        // The reader switches on what a new graph has switched off.
        hnsw.set_extend_candidates(false);
        let len = AtomicUsize::new(hnsw.get_nb_point());
        Some(Self { hnsw, len, growing: Mutex::new(()) })
    }

    /// What a saved graph must have been made with.
    pub fn kind() -> String {
        let distance = std::any::type_name::<CodeDistance>();
        format!(
            "{distance} {} {}",
            size_of::<usize>(),
            if cfg!(target_endian = "little") { "little" } else { "big" }
        )
    }
}

/// `hnsw_rs` 0.3.5 writes the scale of its layers, but reads a factor to multiply the usual scale with: a
/// graph that was saved and loaded a few times would put all new points on the lowest layer. The factor
/// is 1, so that is what has to stand there.
fn mend_level_scale(file: &Path, written: f64) -> Option<()> {
    use std::io::{Read, Seek, SeekFrom, Write};
    let mut file = std::fs::File::options().read(true).write(true).open(file).ok()?;
    let mut found = [0; 8];
    file.seek(SeekFrom::Start(LEVEL_SCALE_OFFSET as u64)).ok()?;
    file.read_exact(&mut found).ok()?;
    if f64::from_ne_bytes(found) != written {
        return None;
    }
    file.seek(SeekFrom::Start(LEVEL_SCALE_OFFSET as u64)).ok()?;
    file.write_all(&1.0_f64.to_ne_bytes()).ok()
}

fn slot_point(slot: u32) -> [i8; 4] {
    slot.to_le_bytes().map(u8::cast_signed)
}

/// One minus the similarity of two points: a slot of `codes` (four bytes) or, for a query, the code
/// itself with its scale in the last four bytes.
struct CodeDistance {
    codes: Arc<Codes>,
}

impl CodeDistance {
    fn code<'a>(&'a self, point: &'a [i8]) -> (&'a [i8], f32) {
        let (values, last) =
            point.split_last_chunk::<4>().expect("every point is made of four bytes or more");
        let last = last.map(i8::cast_unsigned);
        if values.is_empty() {
            let code = &self.codes[u32::from_le_bytes(last) as usize];
            (&code.values, code.scale)
        } else {
            (values, f32::from_le_bytes(last))
        }
    }
}

impl Distance<i8> for CodeDistance {
    fn eval(&self, left: &[i8], right: &[i8]) -> f32 {
        let (left, left_scale) = self.code(left);
        let (right, right_scale) = self.code(right);
        let similarity = code_product(left, right) as f32 * left_scale * right_scale;
        // Rounding takes some similarities above 1, and `hnsw_rs` asserts that no distance is negative.
        (1.0 - similarity).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_points_climb_as_high_after_loading() {
        let codes = Arc::new(Codes::new());
        for value in 0..50_u8 {
            codes.push(Code::new(&[1.0, f32::from(value)]).unwrap());
        }
        let graph = Graph::new(Arc::clone(&codes));
        graph.grow_to(50);
        let scale = |graph: &Graph| graph.hnsw.get_point_indexation().get_level_scale();
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(graph.save(directory.path()), Some(50));
        let loaded = Graph::load(directory.path(), codes).unwrap();
        assert_eq!(scale(&graph), scale(&loaded));
        assert_eq!(loaded.len(), 50);
    }
}
