//! The files of the index: opened where they can be trusted, made anew where not.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory, RamDirectory};
use tantivy::index::SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::{Directory as _, Index, IndexMeta, IndexSettings, SegmentMeta};

use super::fields::schema;

/// What index this is. One of another number is made anew: it grows with every change of the fields, of the form in which
/// words are searched (`text::search_terms`) and of their stems.
const VERSION: u32 = 1;

/// What a commit notes of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    version: u32,
    /// The identity of the library.
    library: String,
    /// The last change that the commit holds.
    pub revision: u64,
}

impl Note {
    pub fn new(library: &str, revision: u64) -> Self {
        Self { version: VERSION, library: library.to_owned(), revision }
    }

    /// That of the last commit; `None` where there is none of this version and library.
    pub fn of(meta: &IndexMeta, library: &str) -> Option<Self> {
        let note: Self = serde_json::from_str(meta.payload.as_deref()?).ok()?;
        (note.version == VERSION && note.library == library).then_some(note)
    }
}

/// Opens an index whose files are whole and of this library; else says why it is not to be used.
pub(super) fn open(directory: &Path, library: &str) -> Result<Index, &'static str> {
    let unreadable = "it is missing or cannot be read";
    let files = MmapDirectory::open(directory).map_err(|_| unreadable)?;
    let index = Index::open(files).map_err(|_| unreadable)?;
    let meta = index.load_metas().map_err(|_| unreadable)?;
    if index.schema() != schema() || Note::of(&meta, library).is_none() {
        return Err("it is of another version or library");
    }
    // Tantivy itself opens a segment without positions, in which no phrase is found.
    let is_whole = |file: &Path| index.directory().validate_checksum(file).unwrap_or(false);
    let are_whole = meta.segments.iter().flat_map(files_of).all(|file| is_whole(&file));
    if are_whole { Ok(index) } else { Err("a file is missing or damaged") }
}

fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    let deletes = segment.has_deletes().then_some(Delete);
    let parts = [Postings, Positions, Terms, FastFields, FieldNorms, Store].into_iter().chain(deletes);
    parts.map(|part| segment.relative_path(part))
}

/// Makes an empty index; `None` while another process writes there.
pub(super) fn create(directory: &Path) -> tantivy::Result<Option<Index>> {
    fs::create_dir_all(directory)?;
    let files = MmapDirectory::open(directory)?;
    let Ok(_lock) = files.acquire_lock(&INDEX_WRITER_LOCK) else { return Ok(None) };
    for entry in fs::read_dir(directory)?.flatten() {
        if !entry.file_name().to_string_lossy().ends_with(".lock") {
            // One that another process still reads may stay: nothing refers to it.
            let _ = fs::remove_file(entry.path());
        }
    }
    Index::create(files, schema(), settings()).map(Some)
}

/// In memory, where the library's folder may only be read.
pub(super) fn create_in_memory() -> tantivy::Result<Index> {
    Index::builder().schema(schema()).settings(settings()).create_in_ram()
}

/// Writes an index of one segment in memory, where the entries may take so many bytes at first.
pub(super) fn write_in_memory(bytes: usize) -> tantivy::Result<SingleSegmentIndexWriter> {
    let index = Index::builder().schema(schema()).settings(settings());
    index.single_segment_index_writer(RamDirectory::create(), bytes)
}

/// Nothing is stored but the index itself.
fn settings() -> IndexSettings {
    IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() }
}
