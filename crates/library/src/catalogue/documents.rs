//! Documents: one file each.

mod store;

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Row, ToSql, Transaction};

use crate::id::row_id;
use crate::json::Json;
use crate::path::PathColumn;
use crate::{Coded, ContentHash, FolderId, Library, Result};

pub(crate) use store::delete_documents;
pub use store::{NewDocument, NewFailure};

row_id! {
    /// A document. It stays the same through changes, moves and renames of the file.
    DocumentId
}

/// What the library knows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Absolute, as given.
    pub path: PathBuf,
    /// The watched folder it was found in; `None` for a file that was added by itself.
    pub folder: Option<FolderId>,
    /// The name of its format ("pdf", "markdown", …).
    pub format: String,
    /// The title it gives itself.
    pub title: Option<String>,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Unknown where the file could not be read.
    pub content_hash: Option<ContentHash>,
    /// Whether it can be searched.
    pub state: DocumentState,
    /// How many pages it has; 0 for a failed one where that is not known.
    pub page_count: u32,
    /// How many of them show something of which nothing was read.
    pub pages_without_text: u32,
    /// What a person should know of its text.
    pub warnings: Vec<Coded>,
    /// In seconds since 1970.
    pub added_at: i64,
    /// When what is known of it was last written: stored, failed, moved or touched, in seconds since 1970.
    pub recorded_at: i64,
}

/// Whether a document can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentState {
    /// Its pages and chunks are in the library.
    Indexed,
    /// It gave this reason instead of text.
    Failed(Coded),
}

const COLUMNS: &str = "id, path, folder_id, format, title, size, mtime_ns, content_hash, failure_reason, \
                       page_count, pages_without_text, warnings, added_at, recorded_at";

impl Library {
    /// The document stored for this path.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn known_document(&self, path: &Path) -> Result<Option<Document>> {
        Ok(self.documents_where("path = ?1", &[&PathColumn(path)])?.pop())
    }

    /// The documents with this content, in the order they were added.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn documents_with_hash(&self, hash: ContentHash) -> Result<Vec<Document>> {
        self.documents_where("content_hash = ?1", &[&hash])
    }

    /// One document.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>> {
        Ok(self.documents_where("id = ?1", &[&id])?.pop())
    }

    /// All documents, failed ones included, in the order they were added.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn documents(&self) -> Result<Vec<Document>> {
        self.documents_where("TRUE", &[])
    }

    /// The documents stored, failed, moved or touched at this moment (in seconds since 1970) or later.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn documents_changed_since(&self, moment: i64) -> Result<Vec<Document>> {
        self.documents_where("recorded_at >= ?1", &[&moment])
    }

    fn documents_where(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Document>> {
        let query = format!("SELECT {COLUMNS} FROM documents WHERE {condition} ORDER BY id");
        self.read(|connection| connection.prepare_cached(&query)?.query_map(values, document)?.collect())
    }
}

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    let Json(warnings) = row.get(11)?;
    Ok(Document {
        id: row.get(0)?,
        path: row.get::<_, PathColumn<_>>(1)?.0,
        folder: row.get(2)?,
        format: row.get(3)?,
        title: row.get(4)?,
        size: row.get(5)?,
        mtime_ns: row.get(6)?,
        content_hash: row.get(7)?,
        state: row.get::<_, Option<Coded>>(8)?.map_or(DocumentState::Indexed, DocumentState::Failed),
        page_count: row.get(9)?,
        pages_without_text: row.get(10)?,
        warnings,
        added_at: row.get(12)?,
        recorded_at: row.get(13)?,
    })
}

/// The path of a document in a transaction that changes it.
pub(crate) fn path_of(transaction: &Transaction<'_>, id: DocumentId) -> rusqlite::Result<Option<PathBuf>> {
    let path = transaction
        .query_row("SELECT path FROM documents WHERE id = ?1", [id], |row| row.get(0))
        .optional()?;
    Ok(path.map(|PathColumn(path)| path))
}
