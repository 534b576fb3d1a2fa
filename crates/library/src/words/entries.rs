//! A document's entries in the index, made of its rows in the database.

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension};
use tantivy::TantivyDocument;

use super::document_words::DocumentWords;
use super::fields::{Table, fields};
use crate::DocumentId;
use crate::catalogue::{Pieces, text_on_pages};
use crate::deflated::Deflated;
use crate::json::Json;
use crate::path::PathColumn;

/// The entries of a document; none where it is gone or gave no text.
pub(super) fn entries(
    connection: &Connection,
    document: DocumentId,
) -> rusqlite::Result<Vec<TantivyDocument>> {
    let named: Option<(Option<String>, PathColumn<PathBuf>)> = connection
        .prepare_cached("SELECT title, path FROM documents WHERE id = ?1 AND failure_code IS NULL")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((title, PathColumn(path))) = named else { return Ok(Vec::new()) };
    let pages: Vec<(u32, String)> = connection
        .prepare_cached("SELECT number, text FROM pages WHERE document_id = ?1 ORDER BY number")?
        .query_map([document], |row| {
            let Deflated(text) = row.get(1)?;
            Ok((row.get(0)?, text))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let page = |number| {
        let place = pages.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(pages[place].1.as_str())
    };
    let chunks: Vec<(u64, String, Vec<String>)> = connection
        .prepare_cached("SELECT id, text, heading_path, page_spans FROM chunks WHERE document_id = ?1")?
        .query_map([document], |row| {
            let (text, Json(headings), Pieces(pieces)) = (row.get::<_, String>(1)?, row.get(2)?, row.get(3)?);
            let text = if text.is_empty() { text_on_pages(&pieces, page).unwrap_or_default() } else { text };
            Ok((row.get(0)?, text, headings))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let words = DocumentWords::of(
        title.as_deref(),
        &path,
        &pages.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
        &chunks.iter().map(|(_, text, headings)| (text.as_str(), headings.as_slice())).collect::<Vec<_>>(),
    );

    let entry = || {
        let mut entry = TantivyDocument::new();
        entry.add_u64(fields().document, document.0 as u64);
        entry
    };
    let row = |table: &Table, (field, id), words: &super::RowWords| {
        let mut row = entry();
        row.add_u64(field, id);
        row.add_text(table.text, &words.text);
        row.add_text(table.beside, &words.beside);
        row
    };
    let numbers = pages.iter().map(|(number, _)| (fields().page, u64::from(*number)));
    let of_pages = numbers.zip(&words.pages).map(|(number, words)| row(&fields().pages, number, words));
    let ids = chunks.iter().map(|(id, ..)| (fields().chunk, *id));
    let of_chunks = ids.zip(&words.chunks).map(|(id, words)| row(&fields().chunks, id, words));
    let mut whole = entry();
    whole.add_text(fields().name, &words.name);
    whole.add_text(fields().beginning, &words.beginning);
    whole.add_text(fields().language, words.language.code());
    whole.add_text(fields().forms, words.forms.join(" "));
    Ok(of_pages.chain(of_chunks).chain([whole]).collect())
}
