//! Chunks: what is embedded and found. A chunk that was found is a passage.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use rusqlite::{Connection, Row, Transaction, params};
use serde::Deserialize;

use super::pages::page_texts;
use super::pieces::Pieces;
use crate::id::row_id;
use crate::json::Json;
use crate::path::PathColumn;
use crate::{DocumentId, Library, NewPage, Result, TextHash};

row_id! {
    /// A chunk. A document that is stored again has new ones.
    ChunkId
}

/// A stretch of one page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct PageSpan {
    /// Counts from 1.
    pub page: u32,
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}

/// A chunk to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChunk {
    /// As it is shown.
    pub text: String,
    /// As it is embedded.
    pub embedded_text: String,
    /// The headings it stands under, highest first.
    pub heading_path: Vec<String>,
    /// Where it stands in its pages' texts, in reading order; never empty.
    pub page_spans: Vec<PageSpan>,
}

/// A chunk with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The chunk.
    pub chunk: ChunkId,
    /// Its document.
    pub document: DocumentId,
    /// The document's path.
    pub path: PathBuf,
    /// The title that the document gives itself.
    pub title: Option<String>,
    /// Its place among the document's chunks, from 0.
    pub ordinal: u32,
    /// The headings it stands under, highest first.
    pub heading_path: Vec<String>,
    /// First page, counted from 1.
    pub page_first: u32,
    /// Last page.
    pub page_last: u32,
    /// What those of its pages are called that have another name than their number.
    pub page_labels: BTreeMap<u32, String>,
    /// Where it stands in its pages' texts.
    pub page_spans: Vec<PageSpan>,
    /// As it is shown.
    pub text: String,
}

/// Where a chunk stands, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkPlace {
    /// The chunk.
    pub chunk: ChunkId,
    /// Its document.
    pub document: DocumentId,
    /// Its place among the document's chunks, from 0.
    pub ordinal: u32,
    /// First page, counted from 1.
    pub page_first: u32,
    /// Last page.
    pub page_last: u32,
}

impl Library {
    /// The passages of these chunks, in the order asked for. Chunks that are gone meanwhile are left out.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn passages(&self, chunks: &[ChunkId]) -> Result<Vec<Passage>> {
        self.read(|connection| {
            let mut passages: Vec<Passage> = connection
                .prepare_cached(
                    "SELECT chunks.id, document_id, documents.path, title, ordinal, heading_path, page_first, page_last,
                            page_spans, text,
                            (SELECT json_group_object(key + 1, value) FROM json_each(page_labels)
                             WHERE key BETWEEN page_first - 1 AND page_last - 1 AND value <> CAST(key + 1 AS TEXT))
                     FROM json_each(?1) AS asked CROSS JOIN chunks ON chunks.id = asked.value
                     JOIN documents ON documents.id = document_id ORDER BY asked.key",
                )?
                .query_map([Json(chunks)], passage)?
                .collect::<rusqlite::Result<_>>()?;
            let texts = passages.iter_mut().map(|passage| {
                (passage.document, passage.page_spans.as_slice(), &mut passage.text)
            });
            fill_in(connection, texts.collect())?;
            Ok(passages)
        })
    }

    /// The chunks of a document that stand on these pages, counted from 1.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn chunks_on(&self, document: DocumentId, pages: &[u32]) -> Result<Vec<ChunkPlace>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, document_id, ordinal, page_first, page_last FROM chunks WHERE document_id = ?1
                     AND EXISTS (SELECT 1 FROM json_each(?2) WHERE value BETWEEN page_first AND page_last)",
                )?
                .query_map((document, Json(pages)), place)?
                .collect()
        })
    }
}

/// Where these chunks stand. Chunks that are gone meanwhile are left out.
pub(crate) fn places(
    connection: &Connection,
    chunks: &[ChunkId],
) -> rusqlite::Result<HashMap<ChunkId, ChunkPlace>> {
    connection
        .prepare_cached(
            "SELECT id, document_id, ordinal, page_first, page_last FROM chunks
             WHERE id IN (SELECT value FROM json_each(?1))",
        )?
        .query_map([Json(chunks)], |row| Ok((row.get(0)?, place(row)?)))?
        .collect()
}

fn place(row: &Row<'_>) -> rusqlite::Result<ChunkPlace> {
    Ok(ChunkPlace {
        chunk: row.get(0)?,
        document: row.get(1)?,
        ordinal: row.get(2)?,
        page_first: row.get(3)?,
        page_last: row.get(4)?,
    })
}

fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    let Json(heading_path) = row.get(5)?;
    let Pieces(page_spans) = row.get(8)?;
    let Json(page_labels) = row.get(10)?;
    Ok(Passage {
        chunk: row.get(0)?,
        document: row.get(1)?,
        path: row.get::<_, PathColumn<_>>(2)?.0,
        title: row.get(3)?,
        ordinal: row.get(4)?,
        heading_path,
        page_first: row.get(6)?,
        page_last: row.get(7)?,
        page_spans,
        text: row.get(9)?,
        page_labels,
    })
}

pub(crate) fn insert_chunks(
    transaction: &Transaction<'_>,
    document: DocumentId,
    pages: &[NewPage],
    chunks: &[NewChunk],
) -> rusqlite::Result<()> {
    let page = |number| {
        let place = pages.binary_search_by_key(&number, |page| page.number).ok()?;
        Some(pages[place].text.as_str())
    };
    let mut insert = transaction.prepare_cached(
        "INSERT INTO chunks (document_id, ordinal, text_hash, page_first, page_last, page_spans, heading_path,
                             text, context, embedded_text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (ordinal, chunk) in chunks.iter().enumerate() {
        let numbers = || chunk.page_spans.iter().map(|span| span.page);
        let context = context_of(&chunk.embedded_text, &chunk.text);
        let is_on_pages = text_on_pages(&chunk.page_spans, page).as_ref() == Some(&chunk.text);
        insert.execute(params![
            document,
            ordinal,
            TextHash::of(&chunk.embedded_text),
            numbers().min(),
            numbers().max(),
            Pieces(chunk.page_spans.as_slice()),
            Json(&chunk.heading_path),
            if is_on_pages { "" } else { &chunk.text },
            context,
            if context.is_some() { "" } else { &chunk.embedded_text },
        ])?;
    }
    Ok(())
}

/// What a chunk of these pieces reads: on each page from its first piece to its last. `None` where a page is not there, or the
/// pieces are in another order than the pages.
pub(crate) fn text_on_pages<'page>(
    pieces: &[PageSpan],
    page: impl Fn(u32) -> Option<&'page str>,
) -> Option<String> {
    let of_pages = pieces.chunk_by(|one, next| one.page == next.page);
    let texts = of_pages.map(|pieces| {
        let first = pieces.iter().map(|piece| piece.start).min()?;
        page(pieces[0].page)?.get(first..pieces.iter().map(|piece| piece.end).max()?)
    });
    let are_in_order = pieces.is_sorted_by_key(|piece| piece.page);
    are_in_order.then(|| texts.collect::<Option<Vec<_>>>().map(|texts| texts.join("\n"))).flatten()
}

/// Fills in those texts of chunks that are empty, because their pages hold them, by their documents and pieces.
pub(crate) fn fill_in(
    connection: &Connection,
    mut chunks: Vec<(DocumentId, &[PageSpan], &mut String)>,
) -> rusqlite::Result<()> {
    chunks.retain(|(_, _, text)| text.is_empty());
    let on = |(document, pieces, _): &(DocumentId, &[PageSpan], _)| {
        let document = *document;
        pieces.iter().map(move |piece| (document, piece.page)).collect::<Vec<_>>()
    };
    let pages: BTreeSet<_> = chunks.iter().flat_map(on).collect();
    let pages = page_texts(connection, &pages.into_iter().collect::<Vec<_>>())?;
    for (document, pieces, text) in chunks {
        let page = |number| pages.get(&(document, number)).map(String::as_str);
        *text = text_on_pages(pieces, page).unwrap_or_default();
    }
    Ok(())
}

/// What stands in front of the text in what is embedded, a line of its own. `None` where that ends in another way.
#[must_use]
pub fn context_of<'a>(embedded_text: &'a str, text: &str) -> Option<&'a str> {
    embedded_text.strip_suffix(&one_line(text))?.strip_suffix('\n')
}

/// What is embedded of a chunk.
#[must_use]
pub fn embedded_text(context: &str, text: &str) -> String {
    format!("{context}\n{}", one_line(text))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
