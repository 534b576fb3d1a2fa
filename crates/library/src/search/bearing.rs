//! Which words of a question some pages say.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use text::search_terms;

use crate::json::Json;
use crate::words::{page_of_row, page_row};
use crate::{DocumentId, Library, Result};

/// What some pages say of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bearing {
    /// All pages there are.
    pub pages: u32,
    /// The different words of the question, in its order, stop words too.
    pub words: Vec<WordBearing>,
}

/// Where one word of a question is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordBearing {
    /// As it is searched.
    pub word: String,
    /// How many of all pages hold it.
    pub held_by: u32,
    /// Those of the pages asked for that hold it.
    pub pages: HashSet<(DocumentId, u32)>,
    /// Those of their documents whose name holds it.
    pub named: HashSet<DocumentId>,
}

impl Library {
    /// Which words of a question these pages and the names of their documents hold.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn bearing(&self, question: &str, pages: &[(DocumentId, u32)]) -> Result<Bearing> {
        let mut seen = HashSet::new();
        let mut words = search_terms(question);
        words.retain(|word| seen.insert(word.clone()));
        self.read(|connection| bearing(connection, words, pages))
    }
}

fn bearing(
    connection: &Connection,
    words: Vec<String>,
    pages: &[(DocumentId, u32)],
) -> rusqlite::Result<Bearing> {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let rows: Vec<i64> = pages.iter().map(|(document, page)| page_row(*document, *page)).collect();
    let documents: HashSet<DocumentId> = pages.iter().map(|(document, _)| *document).collect();
    let all =
        connection.prepare_cached("SELECT count(*) FROM page_words")?.query_row([], |row| row.get(0))?;
    let held_by: Vec<u32> = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM page_words WHERE page_words MATCH word.value)
             FROM json_each(?1) AS word ORDER BY word.key",
        )?
        .query_map([Json(&quoted)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut words: Vec<WordBearing> = words
        .into_iter()
        .zip(held_by)
        .map(|(word, held_by)| WordBearing { word, held_by, ..WordBearing::default() })
        .collect();
    let mut on_pages = connection.prepare_cached(
        "SELECT word.key, page_words.rowid FROM json_each(?1) AS word
         CROSS JOIN page_words ON page_words MATCH word.value
         WHERE page_words.rowid IN (SELECT value FROM json_each(?2))",
    )?;
    for found in
        on_pages.query_map(params![Json(&quoted), Json(rows)], |row| Ok((row.get(0)?, row.get(1)?)))?
    {
        let (word, row): (usize, i64) = found?;
        words[word].pages.insert(page_of_row(row));
    }
    let mut in_names = connection.prepare_cached(
        "SELECT word.key, document_words.rowid FROM json_each(?1) AS word
         CROSS JOIN document_words ON document_words MATCH 'name : ' || word.value
         WHERE document_words.rowid IN (SELECT value FROM json_each(?2))",
    )?;
    for found in
        in_names.query_map(params![Json(&quoted), Json(documents)], |row| Ok((row.get(0)?, row.get(1)?)))?
    {
        let (word, document): (usize, DocumentId) = found?;
        words[word].named.insert(document);
    }
    Ok(Bearing { pages: all, words })
}
