//! Which documents a question names: by company, year, title or file name.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use text::{is_stop_word, name_terms};

use crate::{DocumentId, Library, Result};

/// A word at the beginning of a document's text counts this much of one in its name.
const BEGINNING: f32 = 0.25;

impl Library {
    /// How far `question` names each document, up to 1; documents that it does not name are left out. A word
    /// counts by its rarity among the names of all documents: one that names a single document of many is enough
    /// for 1, a word of half of all names hardly counts.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn documents_named(&self, question: &str) -> Result<HashMap<DocumentId, f32>> {
        let mut words = name_terms(question);
        words.retain(|word| !is_stop_word(word));
        self.read(|connection| named(connection, &words))
    }
}

fn named(connection: &Connection, words: &[String]) -> rusqlite::Result<HashMap<DocumentId, f32>> {
    let all: u32 =
        connection.prepare_cached("SELECT count(*) FROM document_words")?.query_row([], |row| row.get(0))?;
    let mut scores: HashMap<DocumentId, f32> = HashMap::new();
    for word in words {
        let in_name = holding(connection, "name", word)?;
        let in_beginning = holding(connection, "beginning", word)?;
        let mut weights: HashMap<DocumentId, f32> =
            in_beginning.into_iter().map(|document| (document, BEGINNING)).collect();
        weights.extend(in_name.into_iter().map(|document| (document, 1.0)));
        let rarity = ((all as f32 + 1.0) / weights.len() as f32).ln();
        for (document, weight) in weights {
            *scores.entry(document).or_default() += weight * rarity;
        }
    }
    // The best document gets 1 where the question says at least as much as one word of one name alone.
    let unique = (all as f32 + 1.0).ln();
    let most = scores.values().copied().fold(unique, f32::max);
    Ok(scores.into_iter().map(|(document, score)| (document, score / most)).collect())
}

fn holding(connection: &Connection, column: &str, word: &str) -> rusqlite::Result<Vec<DocumentId>> {
    connection
        .prepare_cached("SELECT rowid FROM document_words WHERE document_words MATCH ?1")?
        .query_map(params![format!("{column} : \"{word}\"")], |row| row.get(0))?
        .collect()
}
