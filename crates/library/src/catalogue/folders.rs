//! The folders that are looked at again by a sync, and what is left out of them.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, params};

use super::documents::delete_documents;
use super::exclusions::{exclusions, set_exclusion};
use super::mount_points::forget_mount_points;
use crate::id::row_id;
use crate::path::PathColumn;
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

/// What was taken out of the library with a path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Watched folders.
    pub folders: u32,
    /// Documents, failed ones included.
    pub documents: u32,
}

impl Library {
    /// Remembers a folder, and returns the same id when it is remembered already. Remembered folders in it that a walk
    /// through it `reaches` become a part of it, and so do such files that were added by themselves.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn add_folder(&self, path: &Path, mut reaches: impl FnMut(&Path) -> bool) -> Result<FolderId> {
        self.write_documents(|transaction| {
            transaction.execute(
                "INSERT INTO folders (path) VALUES (?1) ON CONFLICT DO NOTHING",
                [PathColumn(path)],
            )?;
            let id = transaction.query_row(
                "SELECT id FROM folders WHERE path = ?1",
                [PathColumn(path)],
                |row| row.get(0),
            )?;
            let exclusions = exclusions(transaction)?;
            let mut is_inner = |inner: &Path| exclusions.let_through(path, inner) && reaches(inner);
            for (document, _) in paths(transaction)?.iter().filter(|(_, file)| is_inner(file)) {
                transaction
                    .execute("UPDATE documents SET folder_id = ?2 WHERE id = ?1", params![document, id])?;
            }
            for folder in folders(transaction)? {
                if folder.id != id && is_inner(&folder.path) {
                    transaction.execute("DELETE FROM folders WHERE id = ?1", [folder.id])?;
                }
            }
            Ok(id)
        })
    }

    /// All folders, by path.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        self.read(folders)
    }

    /// Takes a file, or a folder with all in it, out of the library. Where it lies in a watched folder it is left out
    /// of that from now on. Nothing is removed where the library knows nothing there.
    ///
    /// # Errors
    /// The library cannot be written; nothing was removed.
    pub fn remove(&self, path: &Path) -> Result<Removed> {
        self.write_words(|transaction| {
            let mut documents = paths(transaction)?;
            documents.retain(|(_, file)| file.starts_with(path));
            let documents: Vec<DocumentId> = documents.into_iter().map(|(id, _)| id).collect();
            let (inner, others): (Vec<_>, Vec<_>) =
                folders(transaction)?.into_iter().partition(|folder| folder.path.starts_with(path));
            delete_documents(transaction, &documents)?;
            forget_mount_points(transaction, path)?;
            for folder in &inner {
                transaction.execute("DELETE FROM folders WHERE id = ?1", [folder.id])?;
            }
            let removed = Removed { folders: inner.len() as u32, documents: documents.len() as u32 };
            if removed != Removed::default() {
                let is_watched = others.iter().any(|folder| path.starts_with(&folder.path));
                set_exclusion(transaction, path, is_watched)?;
            }
            Ok(removed)
        })
    }
}

fn folders(connection: &Connection) -> rusqlite::Result<Vec<Folder>> {
    connection.prepare_cached("SELECT id, path FROM folders ORDER BY path")?.query_map([], folder)?.collect()
}

fn folder(row: &Row<'_>) -> rusqlite::Result<Folder> {
    Ok(Folder { id: row.get(0)?, path: row.get::<_, PathColumn<_>>(1)?.0 })
}

fn paths(connection: &Connection) -> rusqlite::Result<Vec<(DocumentId, PathBuf)>> {
    connection
        .prepare_cached("SELECT id, path FROM documents")?
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, PathColumn<_>>(1)?.0)))?
        .collect()
}
