//! The index of words, as a follower of the database.
//!
//! Every change of what a document says gets a revision of its own in `word_changes`; a commit of the index notes the last
//! one that it holds. So whoever opens it knows what it lacks, whichever process wrote the rest and however that ended. One
//! process at a time writes it (by Tantivy's lock), any number read it, each search in one committed state, to which it adds
//! in memory what was stored since, where that is little. Where its files are missing, damaged, or of another library or
//! version, they are made anew.

mod document_words;
mod entries;
mod fields;
mod files;
mod snapshot;
mod uncommitted;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, Transaction};
use tantivy::Index;

use crate::connection::{Connections, identity};
use crate::{DocumentId, Error, Library, Result};
use files::Note;
use uncommitted::Uncommitted;
use writing::Writing;

pub use document_words::{BEGINNING_OF_PAGE, BESIDE_CHUNK, DocumentWords, RowWords};
pub(crate) use fields::{Table, fields};
pub(crate) use snapshot::{Extent, Segment, Snapshot};

/// Changes of so many chunks are taken in by whoever comes first (about half a second); more are taken in beside the
/// searches.
const AT_ONCE: usize = 1_500;

/// How many documents are taken in before others may have the writer.
const STEP: usize = 16;

pub(crate) struct Words {
    directory: PathBuf,
    /// The identity of the library that the index is of.
    library: RwLock<String>,
    connections: Arc<Connections>,
    index: RwLock<Option<Index>>,
    /// As it was last read.
    snapshot: RwLock<Arc<Snapshot>>,
    uncommitted: Mutex<Option<Uncommitted>>,
    writer: Mutex<Writer>,
    builder: Mutex<Option<JoinHandle<()>>>,
    is_closed: AtomicBool,
    /// Whether files were there and could not be used.
    is_made_anew: AtomicBool,
}

#[derive(Default)]
struct Writer {
    writing: Option<Writing>,
    /// Whether it stays until the end of a job, so that no other process writes meanwhile.
    is_kept: bool,
}

/// Notes that what a document says has changed, or that it is gone.
pub(crate) fn note_change(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO word_changes (document_id) VALUES (?1)")?
        .execute([document])?;
    Ok(())
}

/// The revision of the last change.
pub(crate) fn last_change(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT coalesce(max(revision), 0) FROM word_changes")?
        .query_row([], |row| row.get(0))
}

impl Words {
    pub fn new(directory: PathBuf, connections: Arc<Connections>) -> Result<Self> {
        let library = connections.read(identity)?;
        Ok(Self {
            directory,
            library: RwLock::new(library),
            connections,
            index: RwLock::default(),
            snapshot: RwLock::default(),
            uncommitted: Mutex::default(),
            writer: Mutex::default(),
            builder: Mutex::default(),
            is_closed: AtomicBool::new(false),
            is_made_anew: AtomicBool::new(false),
        })
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The index as it is to be searched now: with all that was stored, unless that is much that another thread or process
    /// has still to take in.
    pub fn snapshot(self: &Arc<Self>) -> Result<Arc<Snapshot>> {
        let (library, last) =
            self.connections.read(|connection| Ok((identity(connection)?, last_change(connection)?)))?;
        self.be_of(library);
        let known = self.known();
        if known.revision == last {
            return Ok(known);
        }
        let committed = self.committed()?;
        if committed.revision == last {
            return Ok(committed);
        }
        if let Ok(mut writer) = self.writer.try_lock() {
            self.catch_up(&mut writer, Writing::commit)?;
            if !writer.is_kept && !self.is_building() {
                writer.writing = None;
            }
        }
        self.with_uncommitted(self.committed()?, last)
    }

    /// Adds what was stored up to a revision and is not committed, unless that is much.
    fn with_uncommitted(&self, committed: Arc<Snapshot>, last: u64) -> Result<Arc<Snapshot>> {
        if committed.revision >= last {
            return Ok(committed);
        }
        let mut kept = self.uncommitted.lock().unwrap_or_else(PoisonError::into_inner);
        let uncommitted = match &mut *kept {
            Some(kept) if kept.is_upon(&committed) => kept,
            kept => kept.insert(Uncommitted::upon(&committed)),
        };
        if self.lacking_after(uncommitted.snapshot.revision)? < AT_ONCE {
            let caught_up = self.connections.read(|connection| uncommitted.catch_up(connection, AT_ONCE))?;
            self.named(caught_up)?;
        }
        Ok(Arc::clone(&uncommitted.snapshot))
    }

    /// Takes in what was stored since, and lets searches see it now or soon. What cannot be written is taken in later: the
    /// database has it.
    pub fn follow(self: &Arc<Self>) {
        let mut writer = self.lock();
        writer.is_kept = true;
        if self.catch_up(&mut writer, Writing::commit_when_due).is_err() {
            // Without the error, which names the folder.
            tracing::warn!("the index of words could not be written; the next search takes in what it lacks");
        }
    }

    /// Lets searches see what was taken in, in a job that has long been storing nothing new.
    pub fn commit_when_due(&self) {
        let mut writer = self.lock();
        if writer.writing.as_mut().is_some_and(|writing| writing.commit_when_due().is_err()) {
            writer.writing = None;
        }
    }

    /// A writer that failed is given up, and with it what it had not committed.
    fn catch_up(
        self: &Arc<Self>,
        writer: &mut Writer,
        commit: fn(&mut Writing) -> tantivy::Result<()>,
    ) -> Result<()> {
        let caught_up = self.take_in(writer).and_then(|()| match &mut writer.writing {
            Some(writing) => self.named(commit(writing)),
            None => Ok(()),
        });
        if caught_up.is_err() {
            writer.writing = None;
        }
        caught_up
    }

    /// Takes in all that is stored, and leaves the index to other processes.
    pub fn finish(self: &Arc<Self>, is_cancelled: &dyn Fn() -> bool) -> Result<()> {
        while !is_cancelled() && self.step()? {}
        let mut writer = self.lock();
        writer.is_kept = false;
        writer.writing.take().map_or(Ok(()), |writing| self.named(writing.finish()))
    }

    /// Waits until all that is stored has been taken in, where no other process does it.
    pub fn complete(self: &Arc<Self>) -> Result<Arc<Snapshot>> {
        let snapshot = self.snapshot()?;
        let builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(builder) = builder else { return Ok(snapshot) };
        // What it failed of fails here too.
        let _ = builder.join();
        self.snapshot()
    }

    /// Ends what goes on beside the searches.
    pub fn close(&self) {
        self.is_closed.store(true, Relaxed);
        if let Some(builder) = self.builder.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = builder.join();
        }
    }

    /// Forgets the index of what the library was before a backup took its place.
    fn be_of(&self, library: String) {
        if *self.library.read().unwrap_or_else(PoisonError::into_inner) == library {
            return;
        }
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = library;
        *index = None;
        *self.uncommitted.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.keep(&Arc::default());
    }

    fn library(&self) -> String {
        self.library.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether its files were there and could not be used.
    pub fn is_made_anew(&self) -> bool {
        self.is_made_anew.load(Relaxed)
    }

    fn known(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn lock(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what is committed. Where the files went meanwhile, the index is opened once more.
    fn committed(&self) -> Result<Arc<Snapshot>> {
        self.read_committed().or_else(|_| {
            *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
            self.read_committed()
        })
    }

    /// Nothing is committed where another process is making the index anew.
    fn read_committed(&self) -> Result<Arc<Snapshot>> {
        let Some(index) = self.index()? else { return Ok(Arc::default()) };
        let _files = snapshot::hold_files(&index);
        let meta = self.named(index.load_metas())?;
        let revision = Note::of(&meta, &self.library()).map_or(0, |note| note.revision);
        let snapshot = Arc::new(self.named(Snapshot::of(&index, &meta, revision, &self.known()))?);
        self.keep(&snapshot);
        Ok(snapshot)
    }

    fn keep(&self, snapshot: &Arc<Snapshot>) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(snapshot);
    }

    /// The index, opened or made anew.
    fn index(&self) -> Result<Option<Index>> {
        let mut known = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = self.open()?;
        }
        Ok(known.clone())
    }

    fn open(&self) -> Result<Option<Index>> {
        let unusable = match files::open(&self.directory, &self.library()) {
            Ok(index) => match self.doubt(&index)? {
                None => return Ok(Some(index)),
                Some(reason) => reason,
            },
            Err(reason) => reason,
        };
        tracing::info!(reason = unusable, "the index of words is made anew");
        self.is_made_anew.store(self.directory.exists(), Relaxed);
        self.keep(&Arc::default());
        if self.connections.may_only_be_read() {
            return self.named(files::create_in_memory()).map(Some);
        }
        self.named(files::create(&self.directory))
    }

    /// Why an index cannot be what the database holds.
    fn doubt(&self, index: &Index) -> Result<Option<&'static str>> {
        let meta = self.named(index.load_metas())?;
        let revision = Note::of(&meta, &self.library()).map_or(0, |note| note.revision);
        let snapshot = Snapshot::of(index, &meta, revision, &Snapshot::default());
        let Ok(snapshot) = snapshot.map(Arc::new) else {
            return Ok(Some("its files cannot be read"));
        };
        self.keep(&snapshot);
        let (last, documents): (u64, u32) = self.connections.read(|connection| {
            let documents = "SELECT count(*) FROM documents WHERE failure_code IS NULL";
            Ok((last_change(connection)?, connection.query_row(documents, [], |row| row.get(0))?))
        })?;
        Ok(if revision > last {
            Some("it is ahead of the database, which must be an older copy")
        } else if revision == last && snapshot.documents != documents {
            Some("it holds other documents than the database")
        } else {
            None
        })
    }

    /// Takes in what is lacking, unless that is much; then a thread of its own does it.
    fn take_in(self: &Arc<Self>, writer: &mut Writer) -> Result<()> {
        let Some(writing) = self.writing(writer)? else { return Ok(()) };
        if self.lacking_after(writing.taken_in())? < AT_ONCE {
            while self.advance(writing)? {}
        } else {
            self.build();
        }
        Ok(())
    }

    /// How many chunks changed after a revision; no further than [`AT_ONCE`].
    fn lacking_after(&self, revision: u64) -> Result<usize> {
        self.connections.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(*) FROM (SELECT 1 FROM word_changes JOIN chunks USING (document_id)
                                           WHERE revision > ?1 LIMIT ?2)",
                )?
                .query_row([revision, AT_ONCE as u64], |row| row.get(0))
        })
    }

    /// The writer, if no other process has it.
    fn writing<'a>(&self, writer: &'a mut Writer) -> Result<Option<&'a mut Writing>> {
        if writer.writing.is_none() {
            self.be_of(self.connections.read(identity)?);
            let Some(index) = self.index()? else { return Ok(None) };
            writer.writing = self.named(Writing::begin(&index, &self.library()))?;
        }
        Ok(writer.writing.as_mut())
    }

    /// Returns whether there may be more to take in.
    fn advance(&self, writing: &mut Writing) -> Result<bool> {
        let taken_in = self.connections.read(|connection| writing.take_in(connection, STEP))?;
        self.named(taken_in)
    }

    /// Takes in some of what is lacking. Returns whether there may be more.
    fn step(&self) -> Result<bool> {
        let mut writer = self.lock();
        let Some(writing) = self.writing(&mut writer)? else { return Ok(false) };
        let more = self.advance(writing)?;
        self.named(if more { writing.commit_when_due() } else { writing.commit() })?;
        Ok(more)
    }

    fn is_building(&self) -> bool {
        let builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        builder.as_ref().is_some_and(|builder| !builder.is_finished())
    }

    /// Takes in all that is lacking beside the searches.
    fn build(self: &Arc<Self>) {
        if self.is_building() || self.is_closed.load(Relaxed) {
            return;
        }
        let words = Arc::clone(self);
        let builder = thread::spawn(move || {
            let started = std::time::Instant::now();
            while !words.is_closed.load(Relaxed) && words.step().unwrap_or(false) {
                // Lets a search or a job have the writer.
                thread::sleep(Duration::from_millis(1));
            }
            let mut writer = words.lock();
            let writing = if writer.is_kept { None } else { writer.writing.take() };
            let finished = writing.map_or(Ok(()), |writing| words.named(writing.finish()));
            tracing::info!(
                finished = finished.is_ok(),
                seconds = started.elapsed().as_secs_f64(),
                "words indexed"
            );
        });
        *self.builder.lock().unwrap_or_else(PoisonError::into_inner) = Some(builder);
    }

    /// An error of the index with its folder.
    pub fn named<T>(&self, result: tantivy::Result<T>) -> Result<T> {
        result.map_err(|source| Error::words(&self.directory, source))
    }
}

impl Library {
    /// Waits until all documents can be found by their words: in a library of an older version, or one whose index of words
    /// was lost, that takes about a minute for a hundred thousand chunks. Without waiting, a search finds what has been taken in
    /// so far.
    ///
    /// # Errors
    /// The index cannot be written, or the library cannot be read.
    pub fn wait_for_words(&self) -> Result<()> {
        self.words.complete().map(|_| ())
    }
}
