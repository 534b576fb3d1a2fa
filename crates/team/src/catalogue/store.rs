//! Storing, moving and removing documents.

use std::path::Path;

use futures::future::try_join_all;
use library::{
    BEGINNING_OF_PAGE, BESIDE_CHUNK, Coded, ContentHash, DocumentId, DocumentWords, Error, FolderId,
    NewChunk, NewDocument, NewFailure, NewPage, Result, RowWords, TextHash, context_of, folded,
};
use serde_json::Value as JsonValue;
use tokio_postgres::types::Json;

use super::pieces;
use crate::TeamLibrary;
use crate::connection::Session;
use crate::error::Done;
use crate::search::{length, vector_of_words};
use crate::sql::{clean, column, path_column};

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
    words: Option<&'a DocumentWords>,
}

impl TeamLibrary {
    /// Stores a document as one transaction. One stored for the same path before keeps its id and loses its pages and chunks
    /// to the new ones. Vectors that the library has of any of its texts become its own.
    ///
    /// # Errors
    /// The server refuses; what was stored for the path before still stands.
    pub fn store_document(&self, document: &NewDocument) -> Result<DocumentId> {
        let document = cleaned(document);
        let pages: Vec<&str> = document.pages.iter().map(|page| page.text.as_str()).collect();
        let chunks = document.chunks.iter();
        let chunks: Vec<(&str, &[String])> =
            chunks.map(|chunk| (chunk.text.as_str(), chunk.heading_path.as_slice())).collect();
        let words = DocumentWords::of(document.title.as_deref(), &document.path, &pages, &chunks);
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
            words: Some(&words),
        };
        self.connections.write(async |session| {
            let id = replace_record(session, &record).await?;
            // All at once: none waits for the answer to the one before.
            let pages = document.pages.iter().zip(&words.pages);
            try_join_all(pages.map(|(page, words)| insert_page(session, id, page, words))).await?;
            let chunks = document.chunks.iter().zip(&words.chunks).enumerate();
            try_join_all(chunks.map(|(ordinal, chunk)| insert_chunk(session, id, ordinal, chunk))).await?;
            insert_forms(session, &words).await?;
            take_over_vectors(session, id, &document.chunks).await?;
            give_back_claim(session, &document.path).await?;
            Ok(id)
        })
    }

    /// Stores why a file gave no text. What was stored for its path before is no longer searched, but the document keeps its
    /// id.
    ///
    /// # Errors
    /// The server refuses.
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
            words: None,
        };
        self.connections.write(async |session| {
            let id = replace_record(session, &record).await?;
            give_back_claim(session, &failure.path).await?;
            Ok(id)
        })
    }

    /// Notes that a document stands at another path now. A document stored for that path is replaced.
    ///
    /// # Errors
    /// The document is gone, or the server refuses.
    pub fn move_document(&self, id: DocumentId, path: &Path, folder: Option<FolderId>) -> Result<()> {
        let (stored, folder) = (path_column(path), folder.map(|folder| folder.0));
        let (folded_path, folded_name) = folded_names(path);
        let changed = self.connections.write(async |session| {
            session.change("DELETE FROM documents WHERE path = $1 AND id <> $2", &[&stored, &id.0]).await?;
            session
                .change(
                    "UPDATE documents SET path = $2, folder_id = $3, folded_path = $4, folded_name = $5,
                         recorded_at = extract(epoch FROM now()) WHERE id = $1",
                    &[&id.0, &stored, &folder, &folded_path, &folded_name],
                )
                .await
        })?;
        if changed == 0 { Err(Error::NoDocument(id)) } else { Ok(()) }
    }

    /// Notes that a file was written again with the same content.
    ///
    /// # Errors
    /// The document is gone, or the server refuses.
    pub fn touch_document(&self, id: DocumentId, size: u64, mtime_ns: i64) -> Result<()> {
        let changed = self.connections.write(async |session| {
            session
                .change(
                    "UPDATE documents SET size = $2, mtime_ns = $3, recorded_at = extract(epoch FROM now())
                     WHERE id = $1",
                    &[&id.0, &(size as i64), &mtime_ns],
                )
                .await
        })?;
        if changed == 0 { Err(Error::NoDocument(id)) } else { Ok(()) }
    }

    /// Lets every file look changed, so that the next job reads it again.
    ///
    /// # Errors
    /// The server refuses.
    pub fn forget_contents(&self) -> Result<()> {
        self.connections.write(async |session| {
            session.change("UPDATE documents SET mtime_ns = -1, content_hash = NULL", &[]).await?;
            Ok(())
        })
    }

    /// Takes documents out of the library. Their vectors stay, for when the same texts come again.
    ///
    /// # Errors
    /// The server refuses; no document was removed.
    pub fn remove_documents(&self, documents: &[DocumentId]) -> Result<()> {
        let ids: Vec<i64> = documents.iter().map(|document| document.0).collect();
        self.connections.write(async |session| {
            session.change("DELETE FROM documents WHERE id = ANY($1)", &[&ids]).await?;
            Ok(())
        })
    }
}

/// The same without zero bytes.
fn cleaned(document: &NewDocument) -> NewDocument {
    let mut document = document.clone();
    for page in &mut document.pages {
        page.text = clean(&page.text).into_owned();
    }
    for chunk in &mut document.chunks {
        chunk.text = clean(&chunk.text).into_owned();
        chunk.embedded_text = clean(&chunk.embedded_text).into_owned();
        for heading in &mut chunk.heading_path {
            *heading = clean(heading).into_owned();
        }
    }
    document.title = document.title.as_deref().map(|title| clean(title).into_owned());
    document
}

fn folded_names(path: &Path) -> (String, String) {
    let name = path.file_name().unwrap_or_default();
    (folded(&path.to_string_lossy()), folded(&name.to_string_lossy()))
}

/// Writes the record of a path and takes away what was stored for it before.
async fn replace_record(session: &Session<'_>, record: &Record<'_>) -> Done<DocumentId> {
    let (folded_path, folded_name) = folded_names(record.path);
    let labels: JsonValue = record.page_labels.iter().map(|label| label.map(clean)).collect();
    let words = record.words;
    let name_words = vector_of_words(words.map_or("", |words| &words.name));
    let beginning_words = vector_of_words(words.map_or("", |words| &words.beginning));
    let (chunk_rows, chunk_words) = extent(words.map(|words| words.chunks.as_slice()), BESIDE_CHUNK);
    let (page_rows, page_words) = extent(words.map(|words| words.pages.as_slice()), BEGINNING_OF_PAGE);
    let row = session
        .row(
            "INSERT INTO documents (path, folder_id, format, title, size, mtime_ns, content_hash, failure, page_count,
                                    pages_without_text, page_labels, warnings, folded_path, folded_name, language,
                                    name_words, beginning_words, chunk_rows, chunk_words, page_rows, page_words)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::text::tsvector,
                     $17::text::tsvector, $18, $19, $20, $21)
             ON CONFLICT (path) DO UPDATE SET
                 folder_id = excluded.folder_id, format = excluded.format, title = excluded.title,
                 size = excluded.size, mtime_ns = excluded.mtime_ns, content_hash = excluded.content_hash,
                 failure = excluded.failure, page_count = excluded.page_count,
                 pages_without_text = excluded.pages_without_text, page_labels = excluded.page_labels,
                 warnings = excluded.warnings, language = excluded.language, name_words = excluded.name_words,
                 beginning_words = excluded.beginning_words, chunk_rows = excluded.chunk_rows,
                 chunk_words = excluded.chunk_words, page_rows = excluded.page_rows,
                 page_words = excluded.page_words, updated_at = excluded.updated_at,
                 recorded_at = excluded.recorded_at
             RETURNING id",
            &[
                &path_column(record.path),
                &record.folder.map(|folder| folder.0),
                &record.format,
                &record.title,
                &(record.size as i64),
                &record.mtime_ns,
                &record.content_hash.as_ref().map(|hash| hash.0.as_slice()),
                &record.failure.map(Json),
                &(record.page_count as i32),
                &(record.pages_without_text as i32),
                &labels,
                &Json(record.warnings),
                &folded_path,
                &folded_name,
                &words.map_or("", |words| words.language.code()),
                &name_words,
                &beginning_words,
                &chunk_rows,
                &chunk_words,
                &page_rows,
                &page_words,
            ],
        )
        .await?;
    let id = DocumentId(row.get(0));
    session.change("DELETE FROM chunks WHERE document_id = $1", &[&id.0]).await?;
    session.change("DELETE FROM pages WHERE document_id = $1", &[&id.0]).await?;
    Ok(id)
}

/// How many rows have any word, and how many words they have.
fn extent(rows: Option<&[RowWords]>, weight: f32) -> (i64, f64) {
    let lengths = rows.unwrap_or_default().iter().map(|row| f64::from(length(row, weight)));
    let lengths: Vec<f64> = lengths.filter(|length| *length > 0.0).collect();
    (lengths.len() as i64, lengths.iter().sum())
}

async fn insert_page(
    session: &Session<'_>,
    document: DocumentId,
    page: &NewPage,
    words: &RowWords,
) -> Done<()> {
    session
        .change(
            "WITH page AS (
                 INSERT INTO pages (document_id, number, text, layout, quality, source_engine)
                 VALUES ($1, $2, $3, $4, $5, $6)
             )
             INSERT INTO page_words (document_id, number, words, beside, length)
             VALUES ($1, $2, $7::text::tsvector, $8::text::tsvector, $9)",
            &[
                &document.0,
                &column(page.number),
                &page.text,
                &page.layout,
                &page.quality,
                &page.source_engine,
                &vector_of_words(&words.text),
                &vector_of_words(&words.beside),
                &length(words, BEGINNING_OF_PAGE),
            ],
        )
        .await?;
    Ok(())
}

async fn insert_chunk(
    session: &Session<'_>,
    document: DocumentId,
    ordinal: usize,
    (chunk, words): (&NewChunk, &RowWords),
) -> Done<()> {
    let numbers = || chunk.page_spans.iter().map(|span| span.page);
    let context = context_of(&chunk.embedded_text, &chunk.text);
    let whole = if context.is_some() { None } else { Some(&chunk.embedded_text) };
    session
        .change(
            "WITH chunk AS (
                 INSERT INTO chunks (document_id, ordinal, text_hash, page_first, page_last, pieces, headings, text,
                                     context, embedded_text)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             )
             INSERT INTO chunk_words (document_id, ordinal, words, beside, length)
             VALUES ($1, $2, $11::text::tsvector, $12::text::tsvector, $13)",
            &[
                &document.0,
                &(ordinal as i32),
                &TextHash::of(&chunk.embedded_text).0.as_slice(),
                &column(numbers().min().unwrap_or_default()),
                &column(numbers().max().unwrap_or_default()),
                &Json(pieces(&chunk.page_spans)),
                &Json(&chunk.heading_path),
                &chunk.text,
                &context,
                &whole,
                &vector_of_words(&words.text),
                &vector_of_words(&words.beside),
                &length(words, BESIDE_CHUNK),
            ],
        )
        .await?;
    Ok(())
}

/// In the order of the words, so that two members who store documents at once wait for each other in turn.
async fn insert_forms(session: &Session<'_>, words: &DocumentWords) -> Done<()> {
    let forms: Vec<&str> = words.forms.iter().map(String::as_str).collect();
    session
        .change(
            "INSERT INTO forms (word)
             SELECT form FROM unnest($1::text[]) AS given (form)
             WHERE octet_length(form) <= 200 AND NOT EXISTS (SELECT 1 FROM forms WHERE word = form)
             ORDER BY form COLLATE \"C\" ON CONFLICT DO NOTHING",
            &[&forms],
        )
        .await?;
    Ok(())
}

async fn take_over_vectors(session: &Session<'_>, document: DocumentId, chunks: &[NewChunk]) -> Done<()> {
    let hashes: Vec<[u8; 32]> = chunks.iter().map(|chunk| TextHash::of(&chunk.embedded_text).0).collect();
    let hashes: Vec<&[u8]> = hashes.iter().map(<[u8; 32]>::as_slice).collect();
    session
        .change(
            "INSERT INTO vectors (document_id, space_id, text_hash, vector)
             SELECT DISTINCT ON (space_id, text_hash) $1, space_id, text_hash, vector
             FROM vectors JOIN spaces ON spaces.id = space_id WHERE text_hash = ANY($2)
             ON CONFLICT DO NOTHING",
            &[&document.0, &hashes],
        )
        .await?;
    Ok(())
}

async fn give_back_claim(session: &Session<'_>, path: &Path) -> Done<()> {
    session.change("DELETE FROM claims WHERE path = $1", &[&path_column(path)]).await?;
    Ok(())
}
