//! Whether the indexes hold what the database does.

use std::collections::{BTreeSet, HashMap};

use super::Mended;
use crate::words::{Snapshot, note_change};
use crate::{DocumentId, Library, Result};

/// How many entries of the index of words a document has.
type Entries = HashMap<DocumentId, u64>;

impl Library {
    /// Has documents taken in again of which the index of words holds more or less than the database.
    pub(super) fn mend_words(&self) -> Result<Option<Mended>> {
        let indexed = entries(&*self.words.snapshot()?);
        let stored: Entries = self.read(|connection| {
            connection
                .prepare(
                    "SELECT id, 1 + (SELECT count(*) FROM pages WHERE document_id = documents.id)
                                  + (SELECT count(*) FROM chunks WHERE document_id = documents.id)
                     FROM documents WHERE failure_code IS NULL",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        let known: BTreeSet<_> = indexed.keys().chain(stored.keys()).copied().collect();
        let others: Vec<DocumentId> =
            known.into_iter().filter(|document| indexed.get(document) != stored.get(document)).collect();
        if others.is_empty() {
            return Ok(None);
        }
        self.write_words(|transaction| {
            others.iter().try_for_each(|document| note_change(transaction, *document))
        })?;
        Ok(Some(Mended::Words { documents: others.len() as u64 }))
    }

    /// Vectors are paid for: while documents are to be read again, whose texts may come back, they stay.
    pub(super) fn forget_unused_vectors(&self) -> Result<Option<Mended>> {
        let more_to_read = self.read(|connection| {
            connection.query_row("SELECT EXISTS (SELECT 1 FROM documents WHERE mtime_ns = -1)", [], |row| {
                row.get(0)
            })
        })?;
        let vectors = if more_to_read { 0 } else { self.prune_vectors()? as u64 };
        Ok((vectors > 0).then_some(Mended::UnusedVectors { vectors }))
    }
}

fn entries(snapshot: &Snapshot) -> Entries {
    let mut entries = Entries::new();
    for segment in &snapshot.segments {
        for entry in segment.reader().doc_ids_alive() {
            *entries.entry(segment.document(entry)).or_default() += 1;
        }
    }
    entries
}
