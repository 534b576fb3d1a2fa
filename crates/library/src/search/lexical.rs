//! Lexical search: words, ranked by BM25.

use rusqlite::{Connection, params};

use super::query_words::{phrases, query_words, telling_words};
use super::{Candidates, Hit, PageHit, Query};
use crate::json::Json;
use crate::words::page_of_row;
use crate::{ChunkId, DocumentId};

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

/// The chunks and pages with words and phrases of the question, in some documents or (`None`) in all.
pub(super) fn search(
    connection: &Connection,
    query: &Query<'_>,
    documents: Option<&[DocumentId]>,
) -> rusqlite::Result<Candidates> {
    let words = query_words(query.text);
    let phrases = in_text(&phrases(query.text));
    let rows = |table: &Table, matching: &str, limit| rows(connection, table, matching, limit, documents);
    let by_words = |table: &Table, limit| {
        let telling = telling_words(connection, table.name, &words)?;
        rows(table, &telling.join(" OR "), limit)
    };
    Ok(Candidates {
        lexical: chunks(by_words(&CHUNKS, query.chunks)?),
        phrases: chunks(rows(&CHUNKS, &phrases, query.chunks)?),
        pages: pages(by_words(&PAGES, query.pages)?),
        page_phrases: pages(rows(&PAGES, &phrases, query.pages)?),
        ..Candidates::default()
    })
}

/// Rows of a table of words with their scores.
fn rows(
    connection: &Connection,
    table: &Table,
    matching: &str,
    limit: usize,
    documents: Option<&[DocumentId]>,
) -> rusqlite::Result<Vec<(i64, f32)>> {
    if matching.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let condition = if documents.is_some() { table.in_scope } else { "?3 IS NULL" };
    let select = format!(
        "SELECT rowid, {score} AS score FROM {name} WHERE {name} MATCH ?1 AND {condition}
         ORDER BY score DESC, rowid LIMIT ?2",
        score = table.score,
        name = table.name
    );
    connection
        .prepare_cached(&select)?
        .query_map(params![matching, limit, documents.map(Json)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
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
