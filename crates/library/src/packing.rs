//! Rows of older versions in the form in which new ones are stored, which takes up less room.

use rusqlite::{Connection, Transaction, params};

use crate::catalogue::{context_of, drop_texts_on_pages};
use crate::json::Json;
use crate::vector_store::{from_blob, to_blob};
use crate::{Library, PageSpan, Result};

/// So many rows are written at once: others may write in between.
const STEP: usize = 500;

impl Library {
    /// Brings rows over while searches and other changes go on; nothing where that was done. Once `is_cancelled` returns true
    /// the rest is left to the next time.
    ///
    /// # Errors
    /// The library cannot be written.
    pub(crate) fn pack(&self, is_cancelled: &dyn Fn() -> bool) -> Result<()> {
        let is_unpacked = |connection: &Connection| {
            connection
                .prepare_cached("SELECT unpacked_chunks + unpacked_vectors > 0 FROM library")?
                .query_row([], |row| row.get(0))
        };
        if !self.read(is_unpacked)? {
            return Ok(());
        }
        for step in [pack_chunks, pack_vectors] {
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

/// The last rows that are not packed, and the id in front of them.
fn unpacked<Row>(
    transaction: &Transaction<'_>,
    select: &str,
    row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<(i64, Row)>,
) -> rusqlite::Result<(Vec<(i64, Row)>, i64)> {
    let mut select = transaction.prepare_cached(select)?;
    let rows = select.query_map([STEP], row)?;
    let rows: Vec<(i64, Row)> = rows.collect::<rusqlite::Result<_>>()?;
    let before = rows.last().map_or(0, |(id, _)| id - 1);
    Ok((rows, before))
}

/// Returns whether there are more.
fn pack_chunks(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    let select =
        "SELECT id, text, embedded_text, page_spans FROM chunks WHERE id <= (SELECT unpacked_chunks FROM library)
                  ORDER BY id DESC LIMIT ?1";
    let texts = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)));
    let (rows, before) = unpacked::<(String, String, Json<Vec<PageSpan>>)>(transaction, select, texts)?;
    let mut update = transaction.prepare_cached(
        "UPDATE chunks SET page_spans = ?2, context = ?3, embedded_text = iif(?3 IS NULL, embedded_text, '')
         WHERE id = ?1",
    )?;
    for (id, (text, embedded_text, page_spans)) in &rows {
        update.execute(params![id, page_spans, context_of(embedded_text, text)])?;
    }
    drop_texts_on_pages(transaction, rows.iter().map(|(id, _)| *id))?;
    transaction.execute("UPDATE library SET unpacked_chunks = ?1", [before])?;
    Ok(!rows.is_empty())
}

/// Returns whether there are more.
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
