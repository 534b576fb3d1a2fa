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
}

fn heading(row: &Row<'_>) -> rusqlite::Result<Heading> {
    Ok(Heading { text: row.get(0)?, page: row.get(1)? })
}
