//! A document's entries in the index, made of its rows in the database.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use tantivy::TantivyDocument;
use text::{StemLanguage, name_terms, search_terms};

use super::fields::{IN_FILE_NAME, IN_HEADINGS, IN_TITLE, fields};
use crate::DocumentId;
use crate::catalogue::{Pieces, text_on_pages};
use crate::deflated::Deflated;
use crate::json::Json;
use crate::path::PathColumn;

/// The beginning of a page often says what it shows; these bytes of it count more.
const PAGE_BEGINNING: usize = 160;

/// The beginning of a document, where who and what it is about is often said.
const DOCUMENT_BEGINNING: usize = 1_500;

/// By so many bytes of its text the language of a document is told.
const LANGUAGE_SAMPLE: usize = 8_000;

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
    let title = title.unwrap_or_default();
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
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
    let mut stems = Stems::of(StemLanguage::of(&beginning(&pages, LANGUAGE_SAMPLE)));

    let mut entries = Vec::new();
    let entry = || {
        let mut entry = TantivyDocument::new();
        entry.add_u64(fields().document, document.0 as u64);
        entry
    };
    for (number, text) in &pages {
        let mut page = entry();
        page.add_u64(fields().page, u64::from(*number));
        page.add_text(fields().pages.text, stems.words(text));
        page.add_text(fields().pages.beside, stems.words(first(text, PAGE_BEGINNING)));
        entries.push(page);
    }
    let mut names = stems.words(&title).repeat(IN_TITLE);
    names.push_str(&stems.words(&file_name).repeat(IN_FILE_NAME));
    let mut select = connection
        .prepare_cached("SELECT id, text, heading_path, page_spans FROM chunks WHERE document_id = ?1")?;
    let mut rows = select.query([document])?;
    while let Some(row) = rows.next()? {
        let (id, text, Json(headings)): (i64, String, Json<Vec<String>>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let Pieces(pieces) = row.get(3)?;
        let text = if text.is_empty() { text_on_pages(&pieces, page).unwrap_or_default() } else { text };
        let mut chunk = entry();
        chunk.add_u64(fields().chunk, id as u64);
        chunk.add_text(fields().chunks.text, stems.words(&text));
        let headings = stems.words(&headings.join("\n")).repeat(IN_HEADINGS);
        chunk.add_text(fields().chunks.beside, headings + &names);
        entries.push(chunk);
    }
    let stem = Path::new(&*file_name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut whole = entry();
    whole.add_text(fields().name, stems.joined([name_terms(&title), name_terms(stem)].concat()));
    whole.add_text(fields().beginning, stems.joined(name_terms(&beginning(&pages, DOCUMENT_BEGINNING))));
    whole.add_text(fields().language, stems.language.code());
    whole.add_text(fields().forms, stems.forms());
    entries.push(whole);
    Ok(entries)
}

/// The stems of a document's words, each made once.
struct Stems {
    language: StemLanguage,
    stems: HashMap<String, String>,
}

impl Stems {
    fn of(language: StemLanguage) -> Self {
        Self { language, stems: HashMap::new() }
    }

    fn words(&mut self, text: &str) -> String {
        self.joined(search_terms(text))
    }

    fn joined(&mut self, words: Vec<String>) -> String {
        let mut joined = String::new();
        for word in words {
            let stem =
                self.stems.entry(word).or_insert_with_key(|word| self.language.stem(word).into_owned());
            joined.push_str(stem);
            joined.push(' ');
        }
        joined
    }

    /// All the words that it was asked for, as they are written.
    fn forms(&self) -> String {
        self.stems.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// So many bytes of the pages' text.
fn beginning(pages: &[(u32, String)], bytes: usize) -> String {
    let mut beginning = String::new();
    for (_, text) in pages {
        if beginning.len() >= bytes {
            break;
        }
        beginning.push_str(first(text, bytes - beginning.len()));
        beginning.push('\n');
    }
    beginning
}

fn first(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
