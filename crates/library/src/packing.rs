//! Rows of older versions in the form in which new ones are stored, which takes up less room.

use rusqlite::{Connection, Transaction, params};

use crate::catalogue::{Pieces, context_of, fill_in};
use crate::deflated::Deflated;
use crate::vector_store::{from_blob, to_blob};
use crate::{DocumentId, Library, PageSpan, Result};

/// So many rows are written at once: others may write in between.
const ROWS: usize = 500;

/// Packs so many rows. Returns whether there may be more.
type Step<'a> = dyn Fn(&Transaction<'_>) -> rusqlite::Result<bool> + 'a;

impl Library {
    /// Brings rows over while searches and other changes go on; nothing where that was done. `encoded_again` gives a layout as
    /// it would be encoded today. Once `is_cancelled` returns true the rest is left to the next time.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn pack(
        &self,
        encoded_again: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<()> {
        let is_unpacked = |connection: &Connection| {
            connection
                .prepare_cached(
                    "SELECT unpacked_chunks + unpacked_vectors + unpacked_pages > 0 FROM library",
                )?
                .query_row([], |row| row.get(0))
        };
        if !self.read(is_unpacked)? {
            return Ok(());
        }
        self.write_lock.acquire()?;
        let pack_pages = |transaction: &Transaction<'_>| pack_pages(transaction, encoded_again);
        for step in [&pack_chunks as &Step<'_>, &pack_vectors, &pack_pages] {
            while self.connections.write(step)? {
                if is_cancelled() {
                    return Ok(());
                }
            }
        }
        let writer = self.connections.writer()?;
        // The room that was won is given back; where that fails, new rows use it.
        if writer.execute_batch("VACUUM").is_err() {
            tracing::warn!("the library keeps the room that older rows took");
        }
        Ok(())
    }
}

/// The last rows that are not packed, with their ids, and the id in front of them.
fn unpacked<Row>(
    transaction: &Transaction<'_>,
    select: &str,
    row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<(i64, Row)>,
) -> rusqlite::Result<(Vec<(i64, Row)>, i64)> {
    let mut select = transaction.prepare_cached(select)?;
    let rows = select.query_map([ROWS], row)?;
    let rows: Vec<(i64, Row)> = rows.collect::<rusqlite::Result<_>>()?;
    let before = rows.last().map_or(0, |(id, _)| id - 1);
    Ok((rows, before))
}

fn pack_chunks(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    let select = "SELECT id, document_id, text, embedded_text, page_spans FROM chunks
                  WHERE id <= (SELECT unpacked_chunks FROM library) ORDER BY id DESC LIMIT ?1";
    let columns =
        |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
    let (rows, before) =
        unpacked::<(DocumentId, String, String, Pieces<Vec<PageSpan>>)>(transaction, select, columns)?;
    let mut on_pages = vec![String::new(); rows.len()];
    let texts = rows.iter().zip(&mut on_pages);
    let texts =
        texts.map(|((_, (document, _, _, Pieces(pieces))), text)| (*document, pieces.as_slice(), text));
    fill_in(transaction, texts.collect())?;
    let mut update = transaction.prepare_cached(
        // What is not empty has no context yet.
        "UPDATE chunks SET text = ?2, page_spans = ?3, context = iif(embedded_text = '', context, ?4),
             embedded_text = iif(?4 IS NULL, embedded_text, '') WHERE id = ?1",
    )?;
    for ((id, (_, text, embedded_text, Pieces(pieces))), on_pages) in rows.iter().zip(&on_pages) {
        let own = if text == on_pages { "" } else { text };
        update.execute(params![id, own, Pieces(pieces.as_slice()), context_of(embedded_text, text)])?;
    }
    transaction.execute("UPDATE library SET unpacked_chunks = ?1", [before])?;
    Ok(!rows.is_empty())
}

fn pack_pages(
    transaction: &Transaction<'_>,
    encoded_again: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> rusqlite::Result<bool> {
    let select = "SELECT rowid, text, layout FROM pages WHERE rowid <= (SELECT unpacked_pages FROM library)
                  ORDER BY rowid DESC LIMIT ?1";
    let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)));
    let (rows, before) = unpacked::<(Deflated<String>, Vec<u8>)>(transaction, select, columns)?;
    let mut update =
        transaction.prepare_cached("UPDATE pages SET text = ?2, layout = ?3 WHERE rowid = ?1")?;
    for (rowid, (text, layout)) in &rows {
        update.execute(params![rowid, text, encoded_again(layout).as_ref().unwrap_or(layout)])?;
    }
    transaction.execute("UPDATE library SET unpacked_pages = ?1", [before])?;
    Ok(!rows.is_empty())
}

fn pack_vectors(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    let select = "SELECT vectors.id, vector, dimensions FROM vectors JOIN spaces ON spaces.id = space_id
                  WHERE vectors.id <= (SELECT unpacked_vectors FROM library) ORDER BY vectors.id DESC LIMIT ?1";
    let vector = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, from_blob(row.get_ref(1)?, row.get(2)?)?));
    let (rows, before) = unpacked(transaction, select, vector)?;
    let mut update = transaction.prepare_cached("UPDATE vectors SET vector = ?2 WHERE id = ?1")?;
    for (id, vector) in &rows {
        update.execute(params![id, to_blob(vector)])?;
    }
    transaction.execute("UPDATE library SET unpacked_vectors = ?1", [before])?;
    Ok(!rows.is_empty())
}
