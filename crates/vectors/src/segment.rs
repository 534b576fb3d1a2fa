//! A segment: codes with the links of their graph, in one file that is written once and then mapped.
//!
//! In front stands the head: whose vectors they are, their ids, and the upper layers of the graph. Its checksum stands in
//! the manifest and is compared when the file is opened. Then each vector has a record: its code, its links on the lowest
//! layer, and a checksum of these with the record's place in this very file, which is compared when the record is first
//! used. So a file is opened without being read, and no byte of it is used unchecked.

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::codes::Codes;
use crate::graph::{GROUND_LINKS, Graph, Upper};
use crate::mapped::Mapped;
use crate::{DamagedSegment, LoadError};

pub(crate) struct Segment {
    pub file: PathBuf,
    /// Of its head, in hexadecimal.
    pub checksum: String,
    head: Head,
    map: Mapped,
    layout: Layout,
    seed: u32,
    /// By slot, a bit each: whether the record's checksum was compared.
    checked: Box<[AtomicU64]>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    owner: String,
    dimensions: usize,
    /// In ascending order.
    ids: Vec<u64>,
    /// None where there is no graph: the segment is scanned.
    upper: Option<Upper>,
}

pub(crate) struct Record<'a> {
    pub code: Code<'a>,
    /// Slots of this segment, in little-endian order.
    pub links: &'a [[u8; 2]],
}

/// Where in a file its parts are.
struct Layout {
    dimensions: usize,
    links: usize,
    /// Bytes from one record to the next.
    stride: usize,
    /// Where the first record is.
    start: usize,
}

/// A processor fetches so many bytes at once: no code begins in the midst of them.
const LINE: usize = 64;
/// The length of the head, the scale of a record and its checksum take four bytes each.
const WORD: usize = 4;

impl Layout {
    fn new(head: &Head, head_bytes: usize) -> Self {
        let links = if head.upper.is_some() { GROUND_LINKS * size_of::<u16>() } else { 0 };
        let stride = (head.dimensions + WORD + links + WORD).next_multiple_of(LINE);
        let start = (WORD + head_bytes).next_multiple_of(LINE);
        Self { dimensions: head.dimensions, links, stride, start }
    }
}

impl Segment {
    /// Writes codes, and their graph if they have one, to a file that must not exist, and waits until the disk has it.
    /// Returns the checksum of its head.
    pub fn write(file: &Path, owner: &str, codes: &Codes, graph: Option<Graph>) -> io::Result<String> {
        let (ground, upper) = graph.map_or((None, None), |graph| (Some(graph.ground), Some(graph.upper)));
        let dimensions = codes.dimensions();
        let head = Head { owner: owner.to_owned(), dimensions, ids: codes.ids().to_vec(), upper };
        let bytes = postcard::to_stdvec(&head).map_err(io::Error::other)?;
        let checksum = blake3::hash(&bytes);
        let layout = Layout::new(&head, bytes.len());
        let seed = seed(&checksum);

        let mut out = BufWriter::with_capacity(1 << 20, File::create_new(file)?);
        out.write_all(&(bytes.len() as u32).to_le_bytes())?;
        out.write_all(&bytes)?;
        out.write_all(&vec![0; layout.start - WORD - bytes.len()])?;
        let mut record = Vec::with_capacity(layout.stride);
        for slot in 0..codes.ids().len() {
            let code = codes.code(slot);
            record.clear();
            record.extend_from_slice(bytemuck::cast_slice(code.values));
            record.extend(code.scale.to_le_bytes());
            let links = ground.iter().flat_map(|ground| &ground[slot]);
            record.extend(links.flat_map(|link| link.to_le_bytes()));
            record.resize(layout.stride - WORD, 0);
            record.extend(record_checksum(seed, slot, &record).to_le_bytes());
            out.write_all(&record)?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(checksum.to_hex().to_string())
    }

    /// Maps a file whose head has this checksum.
    pub fn open(file: &Path, checksum: &str, owner: &str, dimensions: usize) -> Result<Self, LoadError> {
        let damaged = |reason: &str| LoadError::Damaged { file: file.to_owned(), reason: reason.to_owned() };
        let read = |source| LoadError::Read { file: file.to_owned(), source };
        if file.metadata().map_err(read)?.len() == 0 {
            return Err(damaged("it is empty"));
        }
        let map = Mapped::open(file).map_err(read)?;
        let (length, rest) = map.split_first_chunk::<WORD>().ok_or_else(|| damaged("it was cut off"))?;
        let bytes =
            rest.get(..u32::from_le_bytes(*length) as usize).ok_or_else(|| damaged("it was cut off"))?;
        let found = blake3::hash(bytes);
        if found.to_hex().as_str() != checksum {
            return Err(damaged("the checksum of its head differs"));
        }
        let head: Head = postcard::from_bytes(bytes).map_err(|_| damaged("its head cannot be read"))?;
        let layout = Layout::new(&head, bytes.len());
        if (head.owner.as_str(), head.dimensions) != (owner, dimensions) {
            return Err(damaged("it belongs to other vectors"));
        }
        if map.len() != layout.start + head.ids.len() * layout.stride {
            return Err(damaged("it has another length than it was written with"));
        }
        let checked = (0..head.ids.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let (file, checksum) = (file.to_owned(), checksum.to_owned());
        Ok(Self { file, checksum, head, map, layout, seed: seed(&found), checked })
    }

    pub fn ids(&self) -> &[u64] {
        &self.head.ids
    }

    pub fn upper(&self) -> Option<&Upper> {
        self.head.upper.as_ref()
    }

    /// Lets the processor wait for all lines of these records side by side. Comparing them one after the other, it would not
    /// ask for the lines of the next before it has those of the one: that takes half as long again.
    #[inline]
    pub fn fetch(&self, slots: &[usize]) {
        let lines =
            slots.iter().filter_map(|slot| self.bytes(*slot)).flat_map(|record| record.iter().step_by(LINE));
        black_box(lines.fold(0, |all, byte| all ^ byte));
    }

    #[inline]
    pub fn record(&self, slot: usize) -> Result<Record<'_>, DamagedSegment> {
        let Layout { dimensions, links, .. } = self.layout;
        let bytes = self.bytes(slot).ok_or_else(|| self.damaged())?;
        let bit = 1 << (slot % 64);
        if self.checked[slot / 64].load(Ordering::Relaxed) & bit == 0 {
            self.check(slot, bytes)?;
            self.checked[slot / 64].fetch_or(bit, Ordering::Relaxed);
        }
        let (values, rest) = bytes.split_at(dimensions);
        let (scale, rest) = rest.split_first_chunk::<WORD>().ok_or_else(|| self.damaged())?;
        let code = Code { scale: f32::from_le_bytes(*scale), values: bytemuck::cast_slice(values) };
        Ok(Record { code, links: rest[..links].as_chunks().0 })
    }

    #[inline]
    fn bytes(&self, slot: usize) -> Option<&[u8]> {
        let start = self.layout.start + slot * self.layout.stride;
        self.map.get(start..start + self.layout.stride)
    }

    #[cold]
    fn check(&self, slot: usize, bytes: &[u8]) -> Result<(), DamagedSegment> {
        let checksum = bytes.split_last_chunk::<WORD>().map(|(record, checksum)| {
            record_checksum(self.seed, slot, record) == u32::from_le_bytes(*checksum)
        });
        if checksum == Some(true) { Ok(()) } else { Err(self.damaged()) }
    }

    #[cold]
    fn damaged(&self) -> DamagedSegment {
        DamagedSegment { file: self.file.clone() }
    }
}

/// What the checksums of a file's records begin with.
fn seed(checksum: &blake3::Hash) -> u32 {
    let [first, second, third, fourth, ..] = *checksum.as_bytes();
    u32::from_le_bytes([first, second, third, fourth])
}

fn record_checksum(seed: u32, slot: usize, record: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(seed.wrapping_add(slot as u32));
    hasher.update(record);
    hasher.finalize()
}
