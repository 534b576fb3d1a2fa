//! What the rows of a database say of each other.

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::Mended;
use crate::conversations::take_in_all;

/// Mends it as one transaction, and returns what was wrong.
pub fn mend(writer: &mut Connection) -> rusqlite::Result<Vec<Mended>> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let counted = |count: u64, mended: fn(u64) -> Mended| (count > 0).then(|| mended(count));
    let mut mended = Vec::new();
    mended.extend(counted(orphans(&transaction)?, |rows| Mended::Orphans { rows }));
    mended.extend(counted(incomplete(&transaction)?, |documents| Mended::Incomplete { documents }));
    mended.extend(counted(broken_vectors(&transaction)?, |vectors| Mended::BrokenVectors { vectors }));
    note_unnoted(&transaction)?;
    mended.extend(conversation_words(&transaction)?.then_some(Mended::ConversationWords));
    mended.extend(counted(jobs(&transaction)?, |jobs| Mended::Jobs { jobs }));
    transaction.commit()?;
    Ok(mended)
}

/// Rows whose owner is gone go too; what may do without one loses it.
fn orphans(transaction: &Transaction<'_>) -> rusqlite::Result<u64> {
    let found: Vec<(String, i64)> = transaction
        .prepare("SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check WHERE rowid IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (table, row) in &found {
        let change = match table.as_str() {
            "documents" => "UPDATE documents SET folder_id = NULL WHERE rowid = ?1".to_owned(),
            "library" => "UPDATE library SET active_space = NULL WHERE rowid = ?1".to_owned(),
            table => format!("DELETE FROM \"{table}\" WHERE rowid = ?1"),
        };
        transaction.execute(&change, [row])?;
    }
    Ok(found.len() as u64)
}

/// Each document has as many pages as it says, and its chunks are numbered without a gap. Of those that do not, the next job
/// reads the file again.
fn incomplete(transaction: &Transaction<'_>) -> rusqlite::Result<u64> {
    let documents = transaction.execute(
        "UPDATE documents SET mtime_ns = -1 WHERE failure_code IS NULL AND mtime_ns <> -1 AND (
             page_count <> (SELECT count(*) FROM pages WHERE document_id = documents.id)
             OR (SELECT count(*) <> max(ordinal) + 1 FROM chunks WHERE document_id = documents.id))",
        [],
    )?;
    // A chunk has no text without its pages.
    transaction.execute(
        "DELETE FROM chunks WHERE document_id IN (SELECT id FROM documents WHERE mtime_ns = -1)
             AND page_last - page_first >= (SELECT count(*) FROM pages WHERE pages.document_id = chunks.document_id
                                            AND number BETWEEN page_first AND page_last)",
        [],
    )?;
    Ok(documents as u64)
}

/// Of two bytes a value, or of four as older versions stored it.
fn broken_vectors(transaction: &Transaction<'_>) -> rusqlite::Result<u64> {
    let vectors = transaction.execute(
        "DELETE FROM vectors WHERE NOT EXISTS (
             SELECT 1 FROM spaces WHERE spaces.id = space_id AND length(vector) IN (2 * dimensions, 4 * dimensions))",
        [],
    )?;
    Ok(vectors as u64)
}

/// Nobody does a job while a library is examined, as both take the right to change documents.
fn jobs(transaction: &Transaction<'_>) -> rusqlite::Result<u64> {
    let left = transaction.execute("UPDATE jobs SET begun = FALSE WHERE begun AND NOT paused", [])?;
    transaction.execute(
        "DELETE FROM jobs WHERE NOT begun AND NOT paused
             AND id NOT IN (SELECT min(id) FROM jobs WHERE NOT begun AND NOT paused GROUP BY work)",
        [],
    )?;
    Ok(left as u64)
}

/// A document that the index of words knows nothing of would never be taken in.
fn note_unnoted(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO word_changes (document_id) SELECT id FROM documents
         WHERE failure_code IS NULL AND id NOT IN (SELECT document_id FROM word_changes)",
        [],
    )?;
    Ok(())
}

/// Each conversation has its row of words, and no other has one. Returns whether that was not so.
fn conversation_words(transaction: &Transaction<'_>) -> rusqlite::Result<bool> {
    let other: Option<i64> = transaction
        .query_row(
            "SELECT id FROM conversations WHERE id NOT IN (SELECT rowid FROM conversation_words)
             UNION ALL SELECT rowid FROM conversation_words WHERE rowid NOT IN (SELECT id FROM conversations)",
            params![],
            |row| row.get(0),
        )
        .optional()?;
    if other.is_some() {
        transaction.execute(
            "DELETE FROM conversation_words WHERE rowid NOT IN (SELECT id FROM conversations)",
            [],
        )?;
        take_in_all(transaction)?;
    }
    Ok(other.is_some())
}
