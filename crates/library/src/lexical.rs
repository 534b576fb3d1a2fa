//! Lexical search: words, ranked by BM25.

use std::collections::HashSet;

use rusqlite::{Connection, Transaction, params};

use crate::json::Json;
use crate::{ChunkId, DocumentId, Library, Result, Scope};

/// A chunk found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The chunk.
    pub chunk: ChunkId,
    /// Higher is better; comparable within one search only.
    pub score: f32,
}

impl Library {
    /// The chunks that hold words of `query`, best first. Any text is a query: it has no syntax.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn search_lexical(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        let words = quoted_words(query);
        let documents = self.documents_in(scope)?;
        self.read(|connection| {
            let words = telling_words(connection, words)?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            let any_word = words.join(" OR ");
            match &documents {
                None => search_all(connection, &any_word, limit),
                Some(documents) => search_documents(connection, &any_word, limit, documents),
            }
        })
    }
}

/// BM25 with the weights of text, headings, title and file name. (FTS5 gives smaller numbers for better rows.)
const SCORE: &str = "-bm25(chunk_words, 1.0, 2.0, 2.0, 1.5)";

fn search_all(connection: &Connection, words: &str, limit: usize) -> rusqlite::Result<Vec<Hit>> {
    let query = format!(
        "SELECT rowid, {SCORE} AS score FROM chunk_words WHERE chunk_words MATCH ?1
         ORDER BY score DESC, rowid LIMIT ?2"
    );
    connection.prepare_cached(&query)?.query_map(params![words, limit], hit)?.collect()
}

fn search_documents(
    connection: &Connection,
    words: &str,
    limit: usize,
    documents: &[DocumentId],
) -> rusqlite::Result<Vec<Hit>> {
    let query = format!(
        // The plus keeps SQLite from searching once for each of the documents' chunks.
        "SELECT rowid, {SCORE} AS score FROM chunk_words
         WHERE chunk_words MATCH ?1 AND +rowid IN (
             SELECT chunks.id FROM json_each(?3) CROSS JOIN chunks ON document_id = value
         ) ORDER BY score DESC, rowid LIMIT ?2"
    );
    connection.prepare_cached(&query)?.query_map(params![words, limit, Json(documents)], hit)?.collect()
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit { chunk: row.get(0)?, score: row.get(1)? })
}

/// The words of a text, each once, as FTS5 takes them literally: quoted, nothing in them is an operator, and one
/// of several tokens ("1,577") is a phrase.
fn quoted_words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| character.is_whitespace() || matches!(character, '"' | '\0'));
    let words = words.filter(|word| word.contains(char::is_alphanumeric));
    let mut seen = HashSet::new();
    words
        .map(|word| format!("\"{}\"", word.to_lowercase()))
        .filter(|word| seen.insert(word.clone()))
        .collect()
}

/// Words of fewer chunks cost too little to be left out.
const CHEAP: usize = 500;

/// Without the words that more than half of all chunks hold: BM25 gives them no weight, but they cost the most
/// time (four fifths of it for a question in English). Where the others are held by no chunk, all stay.
fn telling_words(connection: &Connection, words: Vec<String>) -> rusqlite::Result<Vec<String>> {
    let half: usize =
        connection.prepare_cached("SELECT count(*) / 2 FROM chunks")?.query_row([], |row| row.get(0))?;
    let most = half.max(CHEAP);
    let mut count = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM chunk_words WHERE chunk_words MATCH ?1 LIMIT ?2 + 1)",
    )?;
    let mut telling = Vec::new();
    for word in &words {
        let held_by: usize = count.query_row(params![word, most], |row| row.get(0))?;
        if (1..=most).contains(&held_by) {
            telling.push(word.clone());
        }
    }
    Ok(if telling.is_empty() { words } else { telling })
}

/// Makes a document's chunks findable by their words.
pub(crate) fn add_words(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    let (title, path): (Option<String>, String) = transaction
        .prepare_cached("SELECT title, path FROM documents WHERE id = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let file_name = std::path::Path::new(&path).file_name().and_then(|name| name.to_str());
    transaction
        .prepare_cached(
            "INSERT INTO chunk_words (rowid, text, headings, title, file_name)
             SELECT id, text, (SELECT group_concat(value, ' ') FROM json_each(heading_path)), ?2, ?3
             FROM chunks WHERE document_id = ?1",
        )?
        .execute(params![document, title, file_name])?;
    Ok(())
}

/// Takes them away again; call it while the chunks are still there.
pub(crate) fn remove_words(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = ?1)",
        )?
        .execute([document])?;
    Ok(())
}
