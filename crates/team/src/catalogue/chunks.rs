//! Chunks: what is embedded and found.

use std::collections::BTreeMap;

use library::{ChunkId, ChunkPlace, DocumentId, PageSpan, Passage, Result};
use tokio_postgres::Row;
use tokio_postgres::types::Json;

use crate::TeamLibrary;
use crate::sql::{column, number, path_of};

/// A piece as its column keeps it: page, first byte, and the byte behind the last one.
type Piece = (u32, usize, usize);

/// The columns of a [`ChunkPlace`].
pub(crate) const PLACE: &str =
    "chunks.id, chunks.document_id, chunks.ordinal, chunks.page_first, chunks.page_last";

pub(crate) fn pieces(spans: &[PageSpan]) -> Vec<Piece> {
    spans.iter().map(|span| (span.page, span.start, span.end)).collect()
}

impl TeamLibrary {
    /// The passages of these chunks, in the order asked for. Chunks that are gone meanwhile are left out.
    ///
    /// # Errors
    /// The server refuses.
    pub fn passages(&self, chunks: &[ChunkId]) -> Result<Vec<Passage>> {
        let ids: Vec<i64> = chunks.iter().map(|chunk| chunk.0).collect();
        let query = "SELECT chunks.id, document_id, path, title, ordinal, headings, page_first, page_last, pieces, text,
                            (SELECT jsonb_object_agg(page, page_labels ->> (page - 1))
                             FROM generate_series(page_first, page_last) AS page
                             WHERE page_labels ->> (page - 1) <> page::text)
                     FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (chunk, place)
                     JOIN chunks ON chunks.id = chunk JOIN documents ON documents.id = document_id ORDER BY place";
        self.connections
            .read(async |session| Ok(session.rows(query, &[&ids]).await?.iter().map(passage).collect()))
    }

    /// The chunks of a document that stand on these pages, counted from 1.
    ///
    /// # Errors
    /// The server refuses.
    pub fn chunks_on(&self, document: DocumentId, pages: &[u32]) -> Result<Vec<ChunkPlace>> {
        let pages: Vec<i32> = pages.iter().map(|page| column(*page)).collect();
        let query = format!(
            "SELECT {PLACE} FROM chunks WHERE document_id = $1
             AND EXISTS (SELECT 1 FROM unnest($2::integer[]) AS page WHERE page BETWEEN page_first AND page_last)
             ORDER BY ordinal"
        );
        self.connections.read(async |session| {
            Ok(session.rows(&query, &[&document.0, &pages]).await?.iter().map(place).collect())
        })
    }
}

/// Of a row that begins with [`PLACE`].
pub(crate) fn place(row: &Row) -> ChunkPlace {
    ChunkPlace {
        chunk: ChunkId(row.get(0)),
        document: DocumentId(row.get(1)),
        ordinal: number(row.get(2)),
        page_first: number(row.get(3)),
        page_last: number(row.get(4)),
    }
}

fn passage(row: &Row) -> Passage {
    let Json(heading_path) = row.get("headings");
    let Json(pieces): Json<Vec<Piece>> = row.get("pieces");
    let labels: Option<Json<BTreeMap<u32, String>>> = row.get(10);
    Passage {
        chunk: ChunkId(row.get(0)),
        document: DocumentId(row.get(1)),
        path: path_of(row.get(2)),
        title: row.get(3),
        ordinal: number(row.get(4)),
        heading_path,
        page_first: number(row.get(6)),
        page_last: number(row.get(7)),
        page_labels: labels.map(|Json(labels)| labels).unwrap_or_default(),
        page_spans: pieces.into_iter().map(|(page, start, end)| PageSpan { page, start, end }).collect(),
        text: row.get(9),
    }
}
