//! What the library holds, in numbers.

use std::fs;
use std::path::Path;

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::json::Json;
use crate::{Document, DocumentState, Folder, IndexReport, Library, Result, Scope};

/// What a search in a scope could see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Documents that are searched.
    pub indexed: u32,
    /// Documents that gave a reason instead of text.
    pub failed: u32,
    /// Pages of searched documents that hold no text.
    pub pages_without_text: u32,
    /// Whether they were searched by words alone, as there were no vectors to compare: whoever searches knows it.
    #[serde(default)]
    pub words_alone: bool,
}

/// What the library holds.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryStatus {
    /// The watched folders.
    pub folders: Vec<Folder>,
    /// Documents that are searched.
    pub documents: u32,
    /// Their pages.
    pub pages: u32,
    /// Their chunks.
    pub chunks: u32,
    /// Those of their chunks that have a vector in the active space.
    pub vectors: u32,
    /// Documents that gave a reason instead of text; their state says which.
    pub failures: Vec<Document>,
    /// The vector index; `None` before the first vector.
    pub index: Option<IndexReport>,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// Bytes of the files of both indexes.
    pub index_bytes: u64,
}

impl Library {
    /// Whether there is anything to search.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn has_chunks(&self) -> Result<bool> {
        self.read(|connection| {
            connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM chunks)")?.query_row([], |row| row.get(0))
        })
    }

    /// What a search in this scope can see.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn coverage(&self, scope: &Scope) -> Result<Coverage> {
        self.read(|connection| {
            let documents = scope.documents(connection)?;
            connection
                .prepare_cached(
                    "SELECT count(*) FILTER (WHERE failure_code IS NULL),
                            count(*) FILTER (WHERE failure_code IS NOT NULL),
                            coalesce(sum(pages_without_text), 0)
                     FROM documents WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))",
                )?
                .query_row(params![documents.map(Json)], |row| {
                    Ok(Coverage {
                        indexed: row.get(0)?,
                        failed: row.get(1)?,
                        pages_without_text: row.get(2)?,
                        words_alone: false,
                    })
                })
        })
    }

    /// What the library holds.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn status(&self) -> Result<LibraryStatus> {
        let (pages, chunks, vectors) = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM chunks),
                            (SELECT count(*) FROM chunks JOIN vectors USING (text_hash)
                             WHERE space_id = (SELECT active_space FROM library))",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        })?;
        let mut failures = self.documents()?;
        let all = failures.len();
        failures.retain(|document| document.state != DocumentState::Indexed);
        Ok(LibraryStatus {
            folders: self.folders()?,
            documents: (all - failures.len()) as u32,
            pages,
            chunks,
            vectors,
            failures,
            index: self.index.report(),
            database_bytes: bytes_of(self.connections.file())
                + bytes_of(&self.connections.file().with_extension("db-wal")),
            index_bytes: bytes_of(self.index.directory()) + bytes_of(self.words.directory()),
        })
    }
}

/// Of a file or of all files below a folder; what cannot be read counts nothing.
pub(crate) fn bytes_of(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else { return path.metadata().map_or(0, |metadata| metadata.len()) };
    entries.flatten().map(|entry| bytes_of(&entry.path())).sum()
}
