//! The folders that are looked at again by a sync.

use std::path::{Path, PathBuf};

use rusqlite::{Row, params};

use crate::documents::delete_documents;
use crate::id::row_id;
use crate::library::path_text;
use crate::{DocumentId, Library, Result};

row_id! {
    /// A folder.
    FolderId
}

/// A watched root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Absolute, as given.
    pub path: PathBuf,
}

impl Library {
    /// Remembers a folder, and returns the same id when it is remembered already.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn add_folder(&self, path: &Path) -> Result<FolderId> {
        let path = path_text(path)?;
        self.write_documents(|transaction| {
            transaction.execute("INSERT INTO folders (path) VALUES (?1) ON CONFLICT DO NOTHING", [path])?;
            transaction.query_row("SELECT id FROM folders WHERE path = ?1", [path], |row| row.get(0))
        })
    }

    /// All folders, by path.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, path FROM folders ORDER BY path")?
                .query_map([], folder)?
                .collect()
        })
    }

    /// Forgets a folder and takes its documents out of the library.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn remove_folder(&self, id: FolderId) -> Result<()> {
        self.write_documents(|transaction| {
            let documents: Vec<DocumentId> = transaction
                .prepare_cached("SELECT id FROM documents WHERE folder_id = ?1")?
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            delete_documents(transaction, &documents)?;
            transaction.execute("DELETE FROM folders WHERE id = ?1", params![id])?;
            Ok(())
        })
    }
}

fn folder(row: &Row<'_>) -> rusqlite::Result<Folder> {
    Ok(Folder { id: row.get(0)?, path: PathBuf::from(row.get::<_, String>(1)?) })
}
