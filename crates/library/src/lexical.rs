//! Lexical search: words, ranked by BM25.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use text::{is_stop_word, search_terms};

use crate::json::Json;
use crate::words::page_of_row;
use crate::{ChunkId, DocumentId, Library, Result, Scope};

/// A chunk found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The chunk.
    pub chunk: ChunkId,
    /// Higher is better; comparable within one search only.
    pub score: f32,
}

/// A page found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageHit {
    /// Its document.
    pub document: DocumentId,
    /// Counts from 1.
    pub page: u32,
    /// Higher is better; comparable within one search only.
    pub score: f32,
}

/// BM25 with the weights of text, headings, title and file name. (FTS5 gives smaller numbers for better rows.)
const CHUNK_SCORE: &str = "-bm25(chunk_words, 1.0, 2.0, 2.0, 1.5)";

/// The plus keeps SQLite from searching once for each of the documents' chunks.
const CHUNK_IN_SCOPE: &str =
    "+rowid IN (SELECT chunks.id FROM json_each(?3) CROSS JOIN chunks ON document_id = value)";

/// BM25 with the weights of a page's text and, once more, its beginning.
const PAGE_SCORE: &str = "-bm25(page_words, 1.0, 2.0)";

const PAGE_IN_SCOPE: &str = "(rowid >> 20) IN (SELECT value FROM json_each(?3))";

impl Library {
    /// The chunks that hold words of `query`, best first. Any text is a query: it has no syntax. A last word that
    /// no chunk holds is taken for the beginning of one, as it is while somebody types.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_lexical(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        let rows = self.search_words("chunk_words", CHUNK_SCORE, CHUNK_IN_SCOPE, query, limit, scope)?;
        Ok(rows.into_iter().map(|(row, score)| Hit { chunk: ChunkId(row), score }).collect())
    }

    /// The pages that hold words of `query`, best first. What several chunks of a page say together counts here.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_pages(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<PageHit>> {
        let rows = self.search_words("page_words", PAGE_SCORE, PAGE_IN_SCOPE, query, limit, scope)?;
        let hit = |(row, score)| {
            let (document, page) = page_of_row(row);
            PageHit { document, page, score }
        };
        Ok(rows.into_iter().map(hit).collect())
    }

    /// Rows of a table of words with their scores.
    fn search_words(
        &self,
        table: &str,
        score: &str,
        in_scope: &str,
        query: &str,
        limit: usize,
        scope: &Scope,
    ) -> Result<Vec<(i64, f32)>> {
        let words = query_words(query);
        let documents = self.documents_in(scope)?;
        self.read(|connection| {
            let words = telling_words(connection, table, words)?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            let condition = if documents.is_some() { in_scope } else { "?3 IS NULL" };
            let select = format!(
                "SELECT rowid, {score} AS score FROM {table} WHERE {table} MATCH ?1 AND {condition}
                 ORDER BY score DESC, rowid LIMIT ?2"
            );
            let documents = documents.as_ref().map(Json);
            connection
                .prepare_cached(&select)?
                .query_map(params![words.join(" OR "), limit, documents], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect()
        })
    }
}

/// The words of a query in the form of the index, each once and quoted, so that FTS5 takes them literally. English
/// stop words are left out where there are others.
fn query_words(query: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let words: Vec<String> =
        search_terms(query).into_iter().filter(|word| seen.insert(word.clone())).collect();
    let quoted = |words: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        words.map(|word| format!("\"{word}\"")).collect()
    };
    let telling = quoted(&mut words.iter().filter(|word| !is_stop_word(word)));
    if telling.is_empty() { quoted(&mut words.iter()) } else { telling }
}

/// Words of fewer rows cost too little to be left out.
const CHEAP: usize = 500;

/// Without the words that more than half of all rows hold: BM25 gives them no weight, but they cost the most
/// time (four fifths of it for a question in English). Where the others are held by no row, all stay.
fn telling_words(connection: &Connection, table: &str, words: Vec<String>) -> rusqlite::Result<Vec<String>> {
    let half: usize = connection
        .prepare_cached(&format!("SELECT count(*) / 2 FROM {table}"))?
        .query_row([], |row| row.get(0))?;
    let most = half.max(CHEAP);
    let mut count = connection.prepare_cached(&format!(
        "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT ?2 + 1)"
    ))?;
    let mut held_by = |word: &str| count.query_row(params![word, most], |row| row.get::<_, usize>(0));
    let mut telling = Vec::new();
    for word in &words {
        match held_by(word)? {
            0 if Some(word) == words.last() => {
                let beginning = format!("{word} *");
                if (1..=most).contains(&held_by(&beginning)?) {
                    telling.push(beginning);
                }
            }
            rows if (1..=most).contains(&rows) => telling.push(word.clone()),
            _ => {}
        }
    }
    Ok(if telling.is_empty() { words } else { telling })
}
