//! Pages as they are shown, and what citations point to.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::deflated::Deflated;
use crate::json::Json;
use crate::{DocumentId, Library, Result};

/// A page to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPage {
    /// Counts from 1.
    pub number: u32,
    /// What people call it ("84", "xii", "F-3"), where that is known.
    pub label: Option<String>,
    /// In reading order.
    pub text: String,
    /// Its structure, words and size, in the extractor's own encoding; the library only keeps it.
    pub layout: Vec<u8>,
    /// How far the text can be trusted, from 0 (none of it) to 1, which a blank page has.
    pub quality: f32,
    /// What read the page.
    pub source_engine: String,
}

impl NewPage {
    /// Whether it shows something of which nothing was read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.text.trim().is_empty() && self.quality < 1.0
    }
}

/// A page of a document, as it was stored.
pub type StoredPage = NewPage;

/// How well a page was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PageReading {
    /// Counts from 1.
    pub number: u32,
    /// How far the text can be trusted, from 0 (none of it) to 1, which a blank page has.
    pub quality: f32,
    /// What read the page.
    pub source_engine: String,
}

impl Library {
    /// One page, counted from 1.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn page(&self, document: DocumentId, number: u32) -> Result<Option<StoredPage>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT text, layout, quality, source_engine, page_labels ->> (number - 1)
                     FROM pages JOIN documents ON documents.id = document_id WHERE document_id = ?1 AND number = ?2",
                )?
                .query_row(params![document, number], |row| {
                    let Deflated(text) = row.get(0)?;
                    Ok(StoredPage {
                        number,
                        text,
                        layout: row.get(1)?,
                        quality: row.get(2)?,
                        source_engine: row.get(3)?,
                        label: row.get(4)?,
                    })
                })
                .optional()
        })
    }

    /// How well the pages of a document were read, in their order.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn page_readings(&self, document: DocumentId) -> Result<Vec<PageReading>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT number, quality, source_engine FROM pages WHERE document_id = ?1 ORDER BY number",
                )?
                .query_map([document], |row| {
                    Ok(PageReading { number: row.get(0)?, quality: row.get(1)?, source_engine: row.get(2)? })
                })?
                .collect()
        })
    }

    /// What the pages of a document are called, from the first on; shorter where the last ones have no known names.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn page_labels(&self, document: DocumentId) -> Result<Vec<Option<String>>> {
        self.read(|connection| {
            let labels: Option<Json<_>> = connection
                .prepare_cached("SELECT page_labels FROM documents WHERE id = ?1")?
                .query_row([document], |row| row.get(0))
                .optional()?
                .flatten();
            Ok(labels.map(|Json(labels)| labels).unwrap_or_default())
        })
    }

    /// The documents of an earlier version, in which nobody has looked for the names of pages.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn unlabelled_documents(&self) -> Result<Vec<DocumentId>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id FROM documents WHERE page_labels IS NULL ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// Notes what the pages of a document are called, from the first on.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn set_page_labels(&self, document: DocumentId, labels: &[Option<String>]) -> Result<()> {
        self.write_documents(|transaction| {
            transaction.execute(
                "UPDATE documents SET page_labels = ?2 WHERE id = ?1",
                params![document, Json(labels)],
            )?;
            Ok(())
        })
    }

    /// The texts of these pages alone: reading the layouts takes much longer. Pages that are gone meanwhile are left out.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn page_texts(&self, pages: &[(DocumentId, u32)]) -> Result<HashMap<(DocumentId, u32), String>> {
        self.read(|connection| page_texts(connection, pages))
    }
}

/// The texts of these pages.
pub(crate) fn page_texts(
    connection: &Connection,
    pages: &[(DocumentId, u32)],
) -> rusqlite::Result<HashMap<(DocumentId, u32), String>> {
    connection
        .prepare_cached(
            "SELECT document_id, number, text FROM json_each(?1) AS asked CROSS JOIN pages
             ON document_id = asked.value ->> 0 AND number = asked.value ->> 1",
        )?
        .query_map([Json(pages)], |row| {
            let Deflated(text) = row.get(2)?;
            Ok(((row.get(0)?, row.get(1)?), text))
        })?
        .collect()
}

pub(crate) fn insert_pages(
    transaction: &Transaction<'_>,
    document: DocumentId,
    pages: &[NewPage],
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO pages (document_id, number, text, layout, quality, source_engine)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for page in pages {
        insert.execute(params![
            document,
            page.number,
            Deflated(&page.text),
            page.layout,
            page.quality,
            page.source_engine
        ])?;
    }
    Ok(())
}
