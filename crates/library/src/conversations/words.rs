//! Full-text search over conversations: one row each, filled again when something is said.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use text::search_terms;

use super::ConversationId;

/// What FTS5 is to match, so that each word of `query` begins a word in the title, a question or an answer. `None`
/// where there is no word in it.
pub(super) fn matching(query: &str) -> Option<String> {
    let words = search_terms(query).into_iter().map(|word| format!("\"{word}\" *"));
    Some(words.collect::<Vec<_>>().join(" AND ")).filter(|matching| !matching.is_empty())
}

/// Takes in a conversation as it stands now, or takes it out where it is gone.
pub(super) fn take_in(transaction: &Transaction<'_>, id: ConversationId) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM conversation_words WHERE rowid = ?1")?.execute([id])?;
    let title: Option<String> = transaction
        .prepare_cached("SELECT title FROM conversations WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(title) = title else { return Ok(()) };
    transaction
        .prepare_cached("INSERT INTO conversation_words (rowid, title, said) VALUES (?1, ?2, ?3)")?
        .execute(params![id, words(&title), words(&said(transaction, id)?)])?;
    Ok(())
}

/// For all conversations of a library that an older version filled.
pub(crate) fn take_in_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let ids: Vec<ConversationId> = transaction
        .prepare("SELECT id FROM conversations")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ids.into_iter().try_for_each(|id| take_in(transaction, id))
}

fn said(connection: &Connection, id: ConversationId) -> rusqlite::Result<String> {
    let texts: Vec<String> = connection
        .prepare_cached(
            "SELECT CASE WHEN version > 0 THEN question || char(10) || text ELSE question END
             FROM messages WHERE conversation_id = ?1 ORDER BY id",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(texts.join("\n"))
}

fn words(text: &str) -> String {
    search_terms(text).join(" ")
}
