//! What full-text search believes to hold. FTS5 goes on counting rows that were deleted from its tables, so that words
//! weigh otherwise than in a library that never held them. Once many are gone, the tables are filled anew.

use rusqlite::{Connection, Transaction};

use crate::words::add_all_words;
use crate::{Library, Result};

/// Fewer rows that are gone, as a share of those that are there, change no order worth the work.
const MOST_GONE: f64 = 0.1;

impl Library {
    /// Lets full-text search count anew what it holds, where a tenth more is counted than is there (some seconds in
    /// a library of tens of thousands of chunks). Call it at the end of a job.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn count_words_anew(&self) -> Result<()> {
        if !self.read(has_many_gone)? {
            return Ok(());
        }
        self.write_documents(|transaction: &Transaction<'_>| {
            for table in ["chunk_words", "page_words", "document_words"] {
                transaction.execute(&format!("INSERT INTO {table} ({table}) VALUES ('delete-all')"), [])?;
            }
            add_all_words(transaction)
        })
    }
}

fn has_many_gone(connection: &Connection) -> rusqlite::Result<bool> {
    let there: f64 = connection.query_row("SELECT count(*) FROM chunks", [], |row| row.get(0))?;
    // The record of averages: the number of rows comes first (see "FTS5 data structures" in SQLite's fts5_index.c).
    let averages: Vec<u8> =
        connection.query_row("SELECT block FROM chunk_words_data WHERE id = 1", [], |row| row.get(0))?;
    Ok(first_varint(&averages) > there * (1.0 + MOST_GONE))
}

/// Seven bits a byte, the highest first; a set high bit says that more follow.
fn first_varint(bytes: &[u8]) -> f64 {
    let length = bytes.iter().take_while(|byte| **byte >= 0x80).count() + 1;
    bytes.iter().take(length).fold(0.0, |number, byte| number * 128.0 + f64::from(byte & 0x7f))
}
