//! Pages as they are shown, and what was read off pictures of them.

use std::collections::HashMap;

use library::{ContentHash, DocumentId, PageReading, Result, StoredPage, Transcript};
use tokio_postgres::types::Json;

use crate::TeamLibrary;
use crate::sql::{clean, column, number};

impl TeamLibrary {
    /// One page, counted from 1.
    ///
    /// # Errors
    /// The server refuses.
    pub fn page(&self, document: DocumentId, page: u32) -> Result<Option<StoredPage>> {
        let query = "SELECT text, layout, quality, source_engine, page_labels ->> (number - 1)
                     FROM pages JOIN documents ON documents.id = document_id WHERE document_id = $1 AND number = $2";
        self.connections.read(async |session| {
            let row = session.row_if_any(query, &[&document.0, &column(page)]).await?;
            Ok(row.map(|row| StoredPage {
                number: page,
                text: row.get(0),
                layout: row.get(1),
                quality: row.get(2),
                source_engine: row.get(3),
                label: row.get(4),
            }))
        })
    }

    /// How well the pages of a document were read, in their order.
    ///
    /// # Errors
    /// The server refuses.
    pub fn page_readings(&self, document: DocumentId) -> Result<Vec<PageReading>> {
        let query = "SELECT number, quality, source_engine FROM pages WHERE document_id = $1 ORDER BY number";
        self.connections.read(async |session| {
            let rows = session.rows(query, &[&document.0]).await?;
            let reading = |row: &tokio_postgres::Row| PageReading {
                number: number(row.get(0)),
                quality: row.get(1),
                source_engine: row.get(2),
            };
            Ok(rows.iter().map(reading).collect())
        })
    }

    /// What the pages of a document are called, from the first on; shorter where the last ones have no known names.
    ///
    /// # Errors
    /// The server refuses.
    pub fn page_labels(&self, document: DocumentId) -> Result<Vec<Option<String>>> {
        let query = "SELECT page_labels FROM documents WHERE id = $1 AND page_labels IS NOT NULL";
        self.connections.read(async |session| {
            let row = session.row_if_any(query, &[&document.0]).await?;
            Ok(row.map(|row| row.get::<_, Json<_>>(0).0).unwrap_or_default())
        })
    }

    /// The texts of these pages alone. Pages that are gone meanwhile are left out.
    ///
    /// # Errors
    /// The server refuses.
    pub fn page_texts(&self, pages: &[(DocumentId, u32)]) -> Result<HashMap<(DocumentId, u32), String>> {
        let documents: Vec<i64> = pages.iter().map(|(document, _)| document.0).collect();
        let numbers: Vec<i32> = pages.iter().map(|(_, page)| column(*page)).collect();
        let query = "SELECT document_id, number, text FROM unnest($1::bigint[], $2::integer[]) AS asked (document, page)
                     JOIN pages ON document_id = document AND number = page";
        self.connections.read(async |session| {
            let rows = session.rows(query, &[&documents, &numbers]).await?;
            let text = |row: &tokio_postgres::Row| ((DocumentId(row.get(0)), number(row.get(1))), row.get(2));
            Ok(rows.iter().map(text).collect())
        })
    }

    /// Keeps a transcript, in place of an earlier one of the same page by the same model.
    ///
    /// # Errors
    /// The server refuses.
    pub fn keep_transcript(&self, content: ContentHash, transcript: &Transcript) -> Result<()> {
        let statement = "INSERT INTO transcripts (content_hash, page, model, text) VALUES ($1, $2, $3, $4)
                         ON CONFLICT (content_hash, page, model) DO UPDATE SET text = excluded.text, id = DEFAULT";
        let text = clean(&transcript.text);
        self.connections.write(async |session| {
            session
                .change(
                    statement,
                    &[&content.0.as_slice(), &column(transcript.page), &transcript.model, &&*text],
                )
                .await?;
            Ok(())
        })
    }

    /// The transcripts of a file's pages, the latest first.
    ///
    /// # Errors
    /// The server refuses.
    pub fn transcripts(&self, content: ContentHash) -> Result<Vec<Transcript>> {
        let query = "SELECT page, model, text FROM transcripts WHERE content_hash = $1 ORDER BY id DESC";
        self.connections.read(async |session| {
            let rows = session.rows(query, &[&content.0.as_slice()]).await?;
            let transcript = |row: &tokio_postgres::Row| Transcript {
                page: number(row.get(0)),
                model: row.get(1),
                text: row.get(2),
            };
            Ok(rows.iter().map(transcript).collect())
        })
    }
}
