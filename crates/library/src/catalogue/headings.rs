//! The headings of documents.

use rusqlite::Row;

use super::DocumentId;
use crate::{Library, Result};

/// A heading of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As the document writes it.
    pub text: String,
    /// The first page with text under it, counted from 1.
    pub page: u32,
}

impl Library {
    /// The headings right above the text of a document, the one with the most chunks under it first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn headings(&self, document: DocumentId) -> Result<Vec<Heading>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT json_extract(heading_path, '$[#-1]') AS heading, min(page_first) FROM chunks
                     WHERE document_id = ?1 AND json_array_length(heading_path) > 0
                     GROUP BY heading ORDER BY count(*) DESC, min(ordinal)",
                )?
                .query_map([document], heading)?
                .collect()
        })
    }

    /// The headings of a document that begin with a word, from any level, the last one first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn headings_that_begin_with(&self, document: DocumentId, word: &str) -> Result<Vec<String>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT value FROM chunks CROSS JOIN json_each(heading_path)
                     WHERE document_id = ?1 AND lower(substr(value, 1, length(?2) + 1)) = ?2 || ' '
                     GROUP BY value ORDER BY max(ordinal) DESC",
                )?
                .query_map((document, word), |row| row.get(0))?
                .collect()
        })
    }
}

fn heading(row: &Row<'_>) -> rusqlite::Result<Heading> {
    Ok(Heading { text: row.get(0)?, page: row.get(1)? })
}
