//! Lexical search: words, ranked by BM25.

use rusqlite::params;

use crate::json::Json;
use crate::query::{phrases, query_words, telling_words};
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

/// A table of words. (FTS5 gives smaller numbers for better rows.)
struct Table {
    name: &'static str,
    score: &'static str,
    /// Whether a row is of one of the documents `?3`.
    in_scope: &'static str,
}

/// BM25 with the weights of text, headings, title and file name. The plus keeps SQLite from searching once for each
/// of the documents' chunks.
const CHUNKS: Table = Table {
    name: "chunk_words",
    score: "-bm25(chunk_words, 1.0, 2.0, 2.0, 1.5)",
    in_scope: "+rowid IN (SELECT chunks.id FROM json_each(?3) CROSS JOIN chunks ON document_id = value)",
};

/// BM25 with the weights of a page's text and, once more, its beginning.
const PAGES: Table = Table {
    name: "page_words",
    score: "-bm25(page_words, 1.0, 2.0)",
    in_scope: "(rowid >> 20) IN (SELECT value FROM json_each(?3))",
};

impl Library {
    /// The chunks that hold words of `query`, best first. Any text is a query: it has no syntax. A last word that
    /// no chunk holds is taken for the beginning of one, as it is while somebody types.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_lexical(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        Ok(chunks(self.search_words(&CHUNKS, query, limit, scope)?))
    }

    /// The chunks that hold phrases of `query`: words that stand next to each other in both, best first. The scores
    /// are comparable with those of [`search_lexical`](Self::search_lexical).
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_phrases(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        Ok(chunks(self.search(&CHUNKS, &in_text(&phrases(query)), limit, scope)?))
    }

    /// The pages that hold words of `query`, best first. What several chunks of a page say together counts here.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_pages(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<PageHit>> {
        Ok(pages(self.search_words(&PAGES, query, limit, scope)?))
    }

    /// The pages that hold phrases of `query`, best first. The scores are comparable with those of
    /// [`search_pages`](Self::search_pages).
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_page_phrases(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<PageHit>> {
        Ok(pages(self.search(&PAGES, &in_text(&phrases(query)), limit, scope)?))
    }

    fn search_words(
        &self,
        table: &Table,
        query: &str,
        limit: usize,
        scope: &Scope,
    ) -> Result<Vec<(i64, f32)>> {
        let words = self.read(|connection| telling_words(connection, table.name, query_words(query)))?;
        self.search(table, &words.join(" OR "), limit, scope)
    }

    /// Rows of a table of words with their scores.
    fn search(&self, table: &Table, matching: &str, limit: usize, scope: &Scope) -> Result<Vec<(i64, f32)>> {
        let documents = self.documents_in(scope)?;
        if matching.is_empty() {
            return Ok(Vec::new());
        }
        let condition = if documents.is_some() { table.in_scope } else { "?3 IS NULL" };
        let select = format!(
            "SELECT rowid, {score} AS score FROM {name} WHERE {name} MATCH ?1 AND {condition}
             ORDER BY score DESC, rowid LIMIT ?2",
            score = table.score,
            name = table.name
        );
        self.read(|connection| {
            let documents = documents.as_ref().map(Json);
            connection
                .prepare_cached(&select)?
                .query_map(params![matching, limit, documents], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }
}

fn chunks(rows: Vec<(i64, f32)>) -> Vec<Hit> {
    rows.into_iter().map(|(row, score)| Hit { chunk: ChunkId(row), score }).collect()
}

fn pages(rows: Vec<(i64, f32)>) -> Vec<PageHit> {
    let hit = |(row, score)| {
        let (document, page) = page_of_row(row);
        PageHit { document, page, score }
    };
    rows.into_iter().map(hit).collect()
}

/// Any of the phrases in the text itself: in titles and file names they say what the words say already.
fn in_text(phrases: &[String]) -> String {
    if phrases.is_empty() { String::new() } else { format!("text : ({})", phrases.join(" OR ")) }
}
