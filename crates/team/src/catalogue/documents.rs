//! Documents: one file each.

use std::path::Path;

use library::{Coded, ContentHash, Document, DocumentId, DocumentState, FolderId, Heading, Result};
use tokio_postgres::Row;
use tokio_postgres::types::Json;

use crate::TeamLibrary;
use crate::connection::Value;
use crate::sql::{number, path_column, path_of};

const COLUMNS: &str = "id, path, folder_id, format, title, size, mtime_ns, content_hash, failure, page_count, \
                       pages_without_text, warnings, added_at, recorded_at";

impl TeamLibrary {
    /// The document stored for this path.
    ///
    /// # Errors
    /// The server refuses.
    pub fn known_document(&self, path: &Path) -> Result<Option<Document>> {
        Ok(self.documents_where("path = $1", &[&path_column(path)])?.pop())
    }

    /// The documents with this content, in the order they were added.
    ///
    /// # Errors
    /// The server refuses.
    pub fn documents_with_hash(&self, hash: ContentHash) -> Result<Vec<Document>> {
        self.documents_where("content_hash = $1", &[&hash.0.as_slice()])
    }

    /// One document.
    ///
    /// # Errors
    /// The server refuses.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>> {
        Ok(self.documents_where("id = $1", &[&id.0])?.pop())
    }

    /// All documents, failed ones included, in the order they were added.
    ///
    /// # Errors
    /// The server refuses.
    pub fn documents(&self) -> Result<Vec<Document>> {
        self.documents_where("true", &[])
    }

    /// The documents stored, failed, moved or touched at this moment (in seconds since 1970) or later.
    ///
    /// # Errors
    /// The server refuses.
    pub fn documents_changed_since(&self, moment: i64) -> Result<Vec<Document>> {
        self.documents_where("recorded_at >= $1", &[&moment])
    }

    fn documents_where(&self, condition: &str, values: &[Value<'_>]) -> Result<Vec<Document>> {
        let query = format!("SELECT {COLUMNS} FROM documents WHERE {condition} ORDER BY id");
        self.connections
            .read(async |session| Ok(session.rows(&query, values).await?.iter().map(document).collect()))
    }

    /// The headings right above the text of a document, the one with the most chunks under it first.
    ///
    /// # Errors
    /// The server refuses.
    pub fn headings(&self, document: DocumentId) -> Result<Vec<Heading>> {
        let query = "SELECT headings ->> -1 AS heading, min(page_first) FROM chunks
                     WHERE document_id = $1 AND jsonb_array_length(headings) > 0
                     GROUP BY heading ORDER BY count(*) DESC, min(ordinal)";
        self.connections.read(async |session| {
            let rows = session.rows(query, &[&document.0]).await?;
            Ok(rows.iter().map(|row| Heading { text: row.get(0), page: number(row.get(1)) }).collect())
        })
    }

    /// The headings of a document that begin with a word, from any level, the last one first.
    ///
    /// # Errors
    /// The server refuses.
    pub fn headings_that_begin_with(&self, document: DocumentId, word: &str) -> Result<Vec<String>> {
        let query = "SELECT heading FROM chunks CROSS JOIN jsonb_array_elements_text(headings) AS heading
                     WHERE document_id = $1 AND lower(left(heading, length($2) + 1)) = $2 || ' '
                     GROUP BY heading ORDER BY max(ordinal) DESC";
        self.connections.read(async |session| {
            Ok(session.rows(query, &[&document.0, &word]).await?.iter().map(|row| row.get(0)).collect())
        })
    }
}

fn document(row: &Row) -> Document {
    let failure: Option<Json<Coded>> = row.get("failure");
    let Json(warnings) = row.get("warnings");
    let hash: Option<&[u8]> = row.get("content_hash");
    Document {
        id: DocumentId(row.get("id")),
        path: path_of(row.get("path")),
        folder: row.get::<_, Option<i64>>("folder_id").map(FolderId),
        format: row.get("format"),
        title: row.get("title"),
        size: row.get::<_, i64>("size") as u64,
        mtime_ns: row.get("mtime_ns"),
        content_hash: hash.and_then(|hash| hash.try_into().ok()).map(ContentHash),
        state: failure.map_or(DocumentState::Indexed, |Json(reason)| DocumentState::Failed(reason)),
        page_count: number(row.get("page_count")),
        pages_without_text: number(row.get("pages_without_text")),
        warnings,
        added_at: row.get("added_at"),
        recorded_at: row.get("recorded_at"),
    }
}
