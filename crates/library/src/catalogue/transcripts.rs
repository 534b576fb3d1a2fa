//! What vision models read off pictures of pages, kept by the content of the file.

use rusqlite::params;

use crate::{ContentHash, Library, Result};

/// The text of a page as a vision model read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The page, counted from 1.
    pub page: u32,
    /// The model's name.
    pub model: String,
    /// Empty where the model saw no text.
    pub text: String,
}

impl Library {
    /// Keeps a transcript, in place of an earlier one of the same page by the same model. It stays as long as a
    /// document has this content.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn keep_transcript(&self, content: ContentHash, transcript: &Transcript) -> Result<()> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO transcripts (content_hash, page, model, text) VALUES (?1, ?2, ?3, ?4)",
                params![content, transcript.page, transcript.model, transcript.text],
            )?;
            Ok(())
        })
    }

    /// The transcripts of a file's pages, the latest first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn transcripts(&self, content: ContentHash) -> Result<Vec<Transcript>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT page, model, text FROM transcripts WHERE content_hash = ?1 ORDER BY id DESC",
                )?
                .query_map([content], |row| {
                    Ok(Transcript { page: row.get(0)?, model: row.get(1)?, text: row.get(2)? })
                })?
                .collect()
        })
    }
}
