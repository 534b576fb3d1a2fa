//! Storing, moving and removing documents.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, Transaction, params};

use super::{DocumentId, path_of};
use crate::catalogue::chunks::insert_chunks;
use crate::catalogue::names::fold_names;
use crate::catalogue::pages::insert_pages;
use crate::json::Json;
use crate::path::PathColumn;
use crate::words::note_change;
use crate::{Coded, ContentHash, Error, FolderId, Library, NewChunk, NewPage, Result};

/// A document with all that is searched and shown of it.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// Absolute, as given.
    pub path: PathBuf,
    /// The watched folder it was found in.
    pub folder: Option<FolderId>,
    /// The name of its format.
    pub format: String,
    /// The title it gives itself.
    pub title: Option<String>,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Of the file's bytes.
    pub content_hash: ContentHash,
    /// All pages, those without text included.
    pub pages: Vec<NewPage>,
    /// In reading order.
    pub chunks: Vec<NewChunk>,
    /// What a person should know of its text.
    pub warnings: Vec<Coded>,
}

/// A file that gave a reason instead of text.
#[derive(Debug, Clone)]
pub struct NewFailure {
    /// Absolute, as given.
    pub path: PathBuf,
    /// The watched folder it was found in.
    pub folder: Option<FolderId>,
    /// The name of its format.
    pub format: String,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Of the file's bytes, where they could be read.
    pub content_hash: Option<ContentHash>,
    /// How many pages it has, where its reader came so far; 0 where it did not.
    pub pages: u32,
    /// Why.
    pub reason: Coded,
}

/// What `documents` holds of a document, and of a failure.
struct Record<'a> {
    path: &'a Path,
    folder: Option<FolderId>,
    format: &'a str,
    title: Option<&'a str>,
    size: u64,
    mtime_ns: i64,
    content_hash: Option<ContentHash>,
    failure: Option<&'a Coded>,
    page_count: usize,
    pages_without_text: usize,
    page_labels: Vec<Option<&'a str>>,
    warnings: &'a [Coded],
}

impl Library {
    /// Stores a document as one transaction. One stored for the same path before keeps its id and loses its
    /// pages and chunks to the new ones.
    ///
    /// Store the vectors of its chunks first ([`Library::store_vectors`]): until they are there, only lexical
    /// search finds it.
    ///
    /// # Errors
    /// The library cannot be written; what was stored for the path before still stands.
    pub fn store_document(&self, document: &NewDocument) -> Result<DocumentId> {
        let record = Record {
            path: &document.path,
            folder: document.folder,
            format: &document.format,
            title: document.title.as_deref(),
            size: document.size,
            mtime_ns: document.mtime_ns,
            content_hash: Some(document.content_hash),
            failure: None,
            page_count: document.pages.len(),
            pages_without_text: document.pages.iter().filter(|page| page.is_unread()).count(),
            page_labels: document.pages.iter().map(|page| page.label.as_deref()).collect(),
            warnings: &document.warnings,
        };
        self.write_words(|transaction| {
            let id = replace_record(transaction, &record)?;
            insert_pages(transaction, id, &document.pages)?;
            insert_chunks(transaction, id, &document.pages, &document.chunks)?;
            Ok(id)
        })
    }

    /// Stores why a file gave no text. What was stored for its path before is no longer searched, but the
    /// document keeps its id.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn record_failure(&self, failure: &NewFailure) -> Result<DocumentId> {
        let record = Record {
            path: &failure.path,
            folder: failure.folder,
            format: &failure.format,
            title: None,
            size: failure.size,
            mtime_ns: failure.mtime_ns,
            content_hash: failure.content_hash,
            failure: Some(&failure.reason),
            page_count: failure.pages as usize,
            pages_without_text: 0,
            page_labels: Vec::new(),
            warnings: &[],
        };
        self.write_words(|transaction| replace_record(transaction, &record))
    }

    /// Notes that a document stands at another path now. A document stored for that path is replaced.
    ///
    /// # Errors
    /// The document is gone, or the library cannot be written.
    pub fn move_document(&self, id: DocumentId, path: &Path, folder: Option<FolderId>) -> Result<()> {
        let stored = PathColumn(path);
        let moved = self.write_words(|transaction| {
            let Some(old_path) = path_of(transaction, id)? else { return Ok(false) };
            let other = transaction
                .query_row(
                    "SELECT id FROM documents WHERE path = ?1 AND id <> ?2",
                    params![stored, id],
                    |row| row.get(0),
                )
                .optional()?;
            delete_documents(transaction, other.as_slice())?;
            transaction.execute(
                "UPDATE documents SET path = ?2, folder_id = ?3, recorded_at = unixepoch() WHERE id = ?1",
                params![id, stored, folder],
            )?;
            fold_names(transaction, id, path)?;
            if old_path.file_name() != path.file_name() {
                note_change(transaction, id)?;
            }
            Ok(true)
        })?;
        if moved { Ok(()) } else { Err(Error::NoDocument(id)) }
    }

    /// Lets every file look changed, so that the next job reads it again: after an update that reads or cuts
    /// documents in another way. Until then they are searched as they are; texts that come out the same keep
    /// their vectors.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn forget_contents(&self) -> Result<()> {
        self.write_documents(|transaction| {
            transaction.execute("UPDATE documents SET mtime_ns = -1, content_hash = NULL", [])?;
            Ok(())
        })
    }

    /// Notes that a file was written again with the same content.
    ///
    /// # Errors
    /// The document is gone, or the library cannot be written.
    pub fn touch_document(&self, id: DocumentId, size: u64, mtime_ns: i64) -> Result<()> {
        let changed = self.write_documents(|transaction| {
            transaction.execute(
                "UPDATE documents SET size = ?2, mtime_ns = ?3, recorded_at = unixepoch() WHERE id = ?1",
                params![id, size, mtime_ns],
            )
        })?;
        if changed == 0 { Err(Error::NoDocument(id)) } else { Ok(()) }
    }

    /// Takes documents out of the library. Their vectors stay until [`Library::prune_vectors`].
    ///
    /// # Errors
    /// The library cannot be written; no document was removed.
    pub fn remove_documents(&self, documents: &[DocumentId]) -> Result<()> {
        self.write_words(|transaction| delete_documents(transaction, documents))
    }
}

/// Writes the record of a path and takes away what was stored for it before.
fn replace_record(transaction: &Transaction<'_>, record: &Record<'_>) -> rusqlite::Result<DocumentId> {
    let id = transaction
        .prepare_cached(
            "INSERT INTO documents (path, folder_id, format, title, size, mtime_ns, content_hash, failure_code,
                                    failure_reason, page_count, pages_without_text, page_labels, warnings,
                                    recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, unixepoch())
             ON CONFLICT (path) DO UPDATE SET
                 folder_id = excluded.folder_id, format = excluded.format, title = excluded.title,
                 size = excluded.size, mtime_ns = excluded.mtime_ns, content_hash = excluded.content_hash,
                 failure_code = excluded.failure_code, failure_reason = excluded.failure_reason,
                 page_count = excluded.page_count, pages_without_text = excluded.pages_without_text,
                 page_labels = excluded.page_labels, warnings = excluded.warnings, updated_at = unixepoch(),
                 recorded_at = excluded.recorded_at
             RETURNING id",
        )?
        .query_row(
            params![
                PathColumn(record.path),
                record.folder,
                record.format,
                record.title,
                record.size,
                record.mtime_ns,
                record.content_hash,
                record.failure.map(Coded::code),
                record.failure,
                record.page_count,
                record.pages_without_text,
                Json(&record.page_labels),
                Json(record.warnings),
            ],
            |row| row.get(0),
        )?;
    fold_names(transaction, id, record.path)?;
    note_change(transaction, id)?;
    transaction.prepare_cached("DELETE FROM chunks WHERE document_id = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM pages WHERE document_id = ?1")?.execute([id])?;
    Ok(id)
}

pub(crate) fn delete_documents(
    transaction: &Transaction<'_>,
    documents: &[DocumentId],
) -> rusqlite::Result<()> {
    for &id in documents {
        note_change(transaction, id)?;
        transaction.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}
