//! How much of a question some pages say.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use rusqlite::{Connection, params};
use text::{is_stop_word, search_terms};

use crate::json::Json;
use crate::words::page_row;
use crate::{DocumentId, Library, Result};

/// A word of more than this share of all pages is one that their language cannot do without.
const COMMON: f32 = 0.2;

/// What pages say of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bearing {
    /// The share of its words that one of the stretches says, each word counted by its rarity: the most of them.
    pub said: f32,
    /// How many of its words are common in the library. One in another language than the documents has few.
    pub common: usize,
}

impl Library {
    /// How much of a question some stretches of pages say, with the names of their documents. `None` where no word of
    /// it could tell anything.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn bearing(
        &self,
        question: &str,
        stretches: &[(DocumentId, RangeInclusive<u32>)],
    ) -> Result<Option<Bearing>> {
        let mut seen = HashSet::new();
        let mut words = search_terms(question);
        words.retain(|word| seen.insert(word.clone()));
        self.read(|connection| {
            let pages: u32 = connection
                .prepare_cached("SELECT count(*) FROM page_words")?
                .query_row([], |row| row.get(0))?;
            let (mut all, mut common) = (0.0, 0);
            let mut said = vec![0.0; stretches.len()];
            for word in &words {
                let quoted = format!("\"{word}\"");
                let held = pages_with(connection, &quoted)?;
                common += usize::from(held as f32 > pages as f32 * COMMON);
                if is_stop_word(word) {
                    continue;
                }
                // A word that no page has weighs no more than one of a single page.
                let rarity = ((pages + 1) as f32 / (held.max(1) + 1) as f32).ln();
                all += rarity;
                for (said, (document, pages)) in said.iter_mut().zip(stretches) {
                    if is_said(connection, &quoted, *document, pages)? {
                        *said += rarity;
                    }
                }
            }
            let most = said.into_iter().fold(0.0, f32::max);
            Ok((all > 0.0).then(|| Bearing { said: most / all, common }))
        })
    }
}

fn pages_with(connection: &Connection, word: &str) -> rusqlite::Result<u32> {
    connection
        .prepare_cached("SELECT count(*) FROM page_words WHERE page_words MATCH ?1")?
        .query_row([word], |row| row.get(0))
}

fn is_said(
    connection: &Connection,
    word: &str,
    document: DocumentId,
    pages: &RangeInclusive<u32>,
) -> rusqlite::Result<bool> {
    let rows: Vec<i64> = pages.clone().map(|page| page_row(document, page)).collect();
    let on_a_page = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM page_words
                            WHERE page_words MATCH ?1 AND rowid IN (SELECT value FROM json_each(?2)))",
        )?
        .query_row(params![word, Json(&rows)], |row| row.get(0))?;
    if on_a_page {
        return Ok(true);
    }
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM document_words WHERE document_words MATCH ?1 AND rowid = ?2)",
        )?
        .query_row(params![format!("name : {word}"), document], |row| row.get(0))
}
