//! Which documents a question has name words of: company, year, title or file name.

use rusqlite::Connection;
use text::{is_stop_word, name_terms};

use crate::DocumentId;
use crate::json::Json;

/// The words of a question that may name a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// All documents there are.
    pub documents: u32,
    /// In the order of the question.
    pub words: Vec<NameWord>,
}

/// The documents that one word may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameWord {
    /// Those with the word in their title or file name.
    pub in_name: Vec<DocumentId>,
    /// Those with the word in the beginning of their text.
    pub in_beginning: Vec<DocumentId>,
}

pub(super) fn names(connection: &Connection, question: &str) -> rusqlite::Result<Names> {
    let mut words = name_terms(question);
    words.retain(|word| !is_stop_word(word));
    let columns =
        words.iter().flat_map(|word| ["name", "beginning"].map(|column| format!("{column} : \"{word}\"")));
    let columns: Vec<String> = columns.collect();
    let documents =
        connection.prepare_cached("SELECT count(*) FROM document_words")?.query_row([], |row| row.get(0))?;
    let mut names = Names { documents, words: vec![NameWord::default(); words.len()] };
    let mut select = connection.prepare_cached(
        "SELECT asked.key, document_words.rowid FROM json_each(?1) AS asked
         CROSS JOIN document_words ON document_words MATCH asked.value",
    )?;
    let mut rows = select.query([Json(columns)])?;
    while let Some(row) = rows.next()? {
        let asked: usize = row.get(0)?;
        let word = &mut names.words[asked / 2];
        let found = if asked.is_multiple_of(2) { &mut word.in_name } else { &mut word.in_beginning };
        found.push(row.get(1)?);
    }
    Ok(names)
}
