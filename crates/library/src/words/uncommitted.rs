//! What was stored since the last commit, for searches that the writer of the index does not wait for.

use std::sync::Arc;

use rusqlite::Connection;
use tantivy::TantivyDocument;

use super::entries::entries;
use super::files::write_in_memory;
use super::snapshot::{Segment, Snapshot};
use super::writing::changes_since;

/// What is set aside for the entries; they take what they need.
const MEMORY: usize = 16 << 20;

/// A commit with what was stored after it, in segments that are kept in memory alone.
pub(super) struct Uncommitted {
    /// The revision of the commit.
    upon: u64,
    pub snapshot: Arc<Snapshot>,
}

impl Uncommitted {
    pub fn upon(committed: &Arc<Snapshot>) -> Self {
        Self { upon: committed.revision, snapshot: Arc::clone(committed) }
    }

    pub fn is_upon(&self, committed: &Snapshot) -> bool {
        self.upon == committed.revision
    }

    /// Takes in what was stored since, of so many documents at most. The older entries of a changed document stay: nothing of it is found by them, as the
    /// database no longer holds their chunks.
    pub fn catch_up(
        &mut self,
        connection: &Connection,
        documents: usize,
    ) -> rusqlite::Result<tantivy::Result<()>> {
        let changes = changes_since(connection, self.snapshot.revision, documents)?;
        let Some((revision, _)) = changes.last() else { return Ok(Ok(())) };
        let mut stored = Vec::new();
        for (_, document) in &changes {
            stored.extend(entries(connection, *document)?);
        }
        Ok(in_memory(stored).and_then(|segments| {
            let segments = self.snapshot.segments.iter().cloned().chain(segments).collect();
            self.snapshot = Arc::new(Snapshot::of_segments(segments, *revision)?);
            Ok(())
        }))
    }
}

fn in_memory(entries: Vec<TantivyDocument>) -> tantivy::Result<Vec<Arc<Segment>>> {
    let mut writer = write_in_memory(MEMORY)?;
    entries.into_iter().try_for_each(|entry| writer.add_document(entry))?;
    let index = writer.finalize()?;
    let snapshot = Snapshot::of(&index, &index.load_metas()?, 0, &Snapshot::default())?;
    Ok(snapshot.segments)
}
