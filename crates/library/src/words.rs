//! The three tables of words that lexical search looks in: of chunks, pages and documents.

use std::path::{Path, PathBuf};

use rusqlite::{Transaction, params};
use text::{name_terms, search_terms};

use crate::DocumentId;
use crate::json::Json;
use crate::path::PathColumn;

/// The beginning of a page often says what it shows; these bytes of it count more.
const PAGE_BEGINNING: usize = 160;

/// The beginning of a document, where who and what it is about is often said.
const DOCUMENT_BEGINNING: usize = 1_500;

/// A page's row in `page_words`. No document has a million pages.
const PAGES_PER_DOCUMENT: i64 = 1 << 20;

pub(crate) fn page_row(document: DocumentId, page: u32) -> i64 {
    document.0 * PAGES_PER_DOCUMENT + i64::from(page)
}

/// Document and page of a row of `page_words`.
pub(crate) fn page_of_row(row: i64) -> (DocumentId, u32) {
    (DocumentId(row / PAGES_PER_DOCUMENT), (row % PAGES_PER_DOCUMENT) as u32)
}

/// Makes a document findable by its words.
pub(crate) fn add_words(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    let (title, PathColumn(path)): (Option<String>, PathColumn<PathBuf>) = transaction
        .prepare_cached("SELECT title, path FROM documents WHERE id = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let title = title.unwrap_or_default();
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    add_chunks(transaction, document, &title, &file_name)?;
    let beginning = add_pages(transaction, document)?;
    let stem = Path::new(&*file_name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = [name_terms(&title), name_terms(stem)].concat().join(" ");
    transaction
        .prepare_cached("INSERT INTO document_words (rowid, name, beginning) VALUES (?1, ?2, ?3)")?
        .execute(params![document, name, name_terms(&beginning).join(" ")])?;
    Ok(())
}

fn add_chunks(
    transaction: &Transaction<'_>,
    document: DocumentId,
    title: &str,
    file_name: &str,
) -> rusqlite::Result<()> {
    let (title, file_name) = (words(title), words(file_name));
    let mut insert = transaction.prepare_cached(
        "INSERT INTO chunk_words (rowid, text, headings, title, file_name) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut chunks =
        transaction.prepare_cached("SELECT id, text, heading_path FROM chunks WHERE document_id = ?1")?;
    let mut rows = chunks.query([document])?;
    while let Some(row) = rows.next()? {
        let (chunk, Json(headings)): (i64, Json<Vec<String>>) = (row.get(0)?, row.get(2)?);
        let text = words(row.get_ref(1)?.as_str()?);
        insert.execute(params![chunk, text, words(&headings.join("\n")), title, file_name])?;
    }
    Ok(())
}

/// Returns the beginning of the document's text.
fn add_pages(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<String> {
    let mut insert =
        transaction.prepare_cached("INSERT INTO page_words (rowid, text, beginning) VALUES (?1, ?2, ?3)")?;
    let mut pages = transaction
        .prepare_cached("SELECT number, text FROM pages WHERE document_id = ?1 ORDER BY number")?;
    let mut beginning = String::new();
    let mut rows = pages.query([document])?;
    while let Some(row) = rows.next()? {
        let (page, text): (u32, String) = (row.get(0)?, row.get(1)?);
        let lead = words(first(&text, PAGE_BEGINNING));
        insert.execute(params![page_row(document, page), words(&text), lead])?;
        beginning.push_str(first(&text, DOCUMENT_BEGINNING.saturating_sub(beginning.len())));
        beginning.push('\n');
    }
    Ok(beginning)
}

/// Takes them away again; call it while chunks and pages are still there.
pub(crate) fn remove_words(transaction: &Transaction<'_>, document: DocumentId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = ?1)",
        )?
        .execute([document])?;
    transaction
        .prepare_cached(
            "DELETE FROM page_words WHERE rowid IN (
                 SELECT ?1 * ?2 + number FROM pages WHERE document_id = ?1
             )",
        )?
        .execute(params![document, PAGES_PER_DOCUMENT])?;
    transaction.prepare_cached("DELETE FROM document_words WHERE rowid = ?1")?.execute([document])?;
    Ok(())
}

/// For all documents of a library that an older version filled.
pub(crate) fn add_all_words(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let documents: Vec<DocumentId> = transaction
        .prepare("SELECT id FROM documents WHERE failure_code IS NULL")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    documents.into_iter().try_for_each(|document| add_words(transaction, document))
}

fn words(text: &str) -> String {
    search_terms(text).join(" ")
}

fn first(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
