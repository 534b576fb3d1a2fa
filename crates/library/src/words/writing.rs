//! Taking changes into the index, and committing them.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use super::entries::entries;
use super::fields::fields;
use super::files::Note;
use crate::DocumentId;

/// What the writer gathers before it makes a segment of it.
const MEMORY: usize = 64 << 20;

/// While much is stored, commits take no more than this share of the time.
const COMMITS: u32 = 20;

/// The one writer of the index, with what it has taken in.
pub(super) struct Writing {
    writer: IndexWriter,
    library: String,
    taken_in: u64,
    committed: u64,
    last_commit: Option<(Instant, Duration)>,
}

impl Writing {
    /// `None` while another process writes, and where the folder may only be read.
    pub fn begin(index: &Index, library: &str) -> tantivy::Result<Option<Self>> {
        let writer = match index.writer_with_num_threads(1, MEMORY) {
            Ok(writer) => writer,
            Err(TantivyError::LockFailure(..)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let committed = Note::of(&index.load_metas()?, library).map_or(0, |note| note.revision);
        Ok(Some(Self {
            writer,
            library: library.to_owned(),
            taken_in: committed,
            committed,
            last_commit: None,
        }))
    }

    pub fn taken_in(&self) -> u64 {
        self.taken_in
    }

    /// Takes in the next changes, of at most so many documents. Returns whether there may be more.
    pub fn take_in(
        &mut self,
        connection: &Connection,
        documents: usize,
    ) -> rusqlite::Result<tantivy::Result<bool>> {
        let changes = changes_since(connection, self.taken_in, documents)?;
        for (revision, document) in &changes {
            let entries = entries(connection, *document)?;
            if let Err(error) = self.replace(*document, entries) {
                return Ok(Err(error));
            }
            self.taken_in = *revision;
        }
        Ok(Ok(changes.len() == documents))
    }

    fn replace(&self, document: DocumentId, entries: Vec<TantivyDocument>) -> tantivy::Result<()> {
        self.writer.delete_term(Term::from_field_u64(fields().document, document.0 as u64));
        entries.into_iter().try_for_each(|entry| self.writer.add_document(entry).map(|_| ()))
    }

    /// Lets searches see what was taken in.
    pub fn commit(&mut self) -> tantivy::Result<()> {
        if self.committed == self.taken_in {
            return Ok(());
        }
        let started = Instant::now();
        let note = serde_json::to_string(&Note::new(&self.library, self.taken_in));
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&note.map_err(std::io::Error::from)?);
        commit.commit()?;
        self.committed = self.taken_in;
        self.last_commit = Some((Instant::now(), started.elapsed()));
        Ok(())
    }

    /// The same, unless commits would take too much of the time.
    pub fn commit_when_due(&mut self) -> tantivy::Result<()> {
        let is_due = self.last_commit.is_none_or(|(at, took)| at.elapsed() >= took * COMMITS);
        if is_due { self.commit() } else { Ok(()) }
    }

    /// Commits, and lets segments be merged.
    pub fn finish(mut self) -> tantivy::Result<()> {
        self.commit()?;
        self.writer.wait_merging_threads()
    }
}

/// The documents that changed after a revision, at most so many, with the revision of each.
pub(super) fn changes_since(
    connection: &Connection,
    revision: u64,
    documents: usize,
) -> rusqlite::Result<Vec<(u64, DocumentId)>> {
    connection
        .prepare_cached(
            "SELECT revision, document_id FROM word_changes WHERE revision > ?1 ORDER BY revision LIMIT ?2",
        )?
        .query_map(params![revision, documents], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
