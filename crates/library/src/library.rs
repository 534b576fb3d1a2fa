//! The library itself: its folder, its connections, and how calls reach them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use crate::connection::Connections;
use crate::index::Index;
use crate::words::Words;
use crate::write_lock::WriteLock;
use crate::{Error, Result, schema};

/// Everything that is indexed, in one folder.
pub struct Library {
    pub(crate) connections: Arc<Connections>,
    pub(crate) write_lock: WriteLock,
    pub(crate) index: Index,
    pub(crate) words: Arc<Words>,
}

impl Library {
    /// Opens the library in `directory`, which is created, and its vector index.
    ///
    /// # Errors
    /// The folder or the database cannot be used, or a newer version has written it. One that may only be read is
    /// opened all the same, unless it has to be brought to this version's schema.
    pub fn open(directory: &Path) -> Result<Self> {
        fs::create_dir_all(directory).map_err(|source| Error::file(directory, source))?;
        let write_lock = WriteLock::new(directory, "library.lock");
        let connections = Arc::new(Connections::open(directory.join("library.db"), &write_lock)?);
        schema::LIBRARY.migrate(&connections, &write_lock)?;
        let index = Index::open(&directory.join("index"), &connections)?;
        let words = Arc::new(Words::new(directory.join("words"), Arc::clone(&connections))?);
        Ok(Self { connections, write_lock, index, words })
    }

    /// Whether calls that store something fail with [`Error::ReadOnly`].
    #[must_use]
    pub fn may_only_be_read(&self) -> bool {
        self.connections.may_only_be_read()
    }

    /// Lets other processes change documents and vectors again. The next change of this one takes the right back.
    pub fn release(&self) {
        // What cannot be written now is taken in later.
        let _ = self.words.finish(&|| true);
        self.write_lock.release();
    }

    pub(crate) fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.connections.read(query)
    }

    /// For what any process may write at any time.
    pub(crate) fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        self.connections.write(change)
    }

    /// For what one process at a time may write: documents and their vectors.
    pub(crate) fn write_documents<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        self.write_lock.acquire()?;
        self.connections.write(change)
    }

    /// For what changes what documents say.
    pub(crate) fn write_words<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let changed = self.write_documents(change)?;
        self.words.follow();
        Ok(changed)
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        self.words.close();
    }
}
