//! Lexical search: words, ranked by BM25.

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
        let words = any_word_of(query);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        match self.documents_in(scope)? {
            None => self.read(|connection| search_all(connection, &words, limit)),
            Some(documents) => {
                self.read(|connection| search_documents(connection, &words, limit, &documents))
            }
        }
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
        "SELECT chunk_words.rowid, {SCORE} AS score FROM chunk_words JOIN chunks ON chunks.id = chunk_words.rowid
         WHERE chunk_words MATCH ?1 AND document_id IN (SELECT value FROM json_each(?3))
         ORDER BY score DESC, chunk_words.rowid LIMIT ?2"
    );
    connection.prepare_cached(&query)?.query_map(params![words, limit, Json(documents)], hit)?.collect()
}

fn hit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit { chunk: row.get(0)?, score: row.get(1)? })
}

/// An FTS5 expression for rows that hold any word of a text. Each word is quoted, so nothing in it is an
/// operator; one of several tokens ("1,577") is a phrase. Common words need no list: BM25 gives them no weight.
fn any_word_of(text: &str) -> String {
    let words =
        text.split(|character: char| character.is_whitespace() || character == '"' || character == '\0');
    let words = words.filter(|word| word.contains(char::is_alphanumeric));
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ")
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
