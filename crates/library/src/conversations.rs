//! Conversations and their messages. Any process may write them at any time.

use rusqlite::{OptionalExtension, Row, params};

use crate::id::row_id;
use crate::{Error, Library, Result};

row_id! {
    /// A conversation.
    ConversationId
}

row_id! {
    /// A question with its answer.
    MessageId
}

/// A conversation without its messages. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// As the person or the first question names it.
    pub title: String,
    /// When it began.
    pub created_at: i64,
    /// When the last message came.
    pub updated_at: i64,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// As the person typed it.
    pub question: String,
    /// The answer with all that belongs to it, in the caller's own JSON; the library only keeps it.
    pub answer: String,
    /// In seconds since 1970.
    pub created_at: i64,
}

impl Library {
    /// Begins a conversation.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn create_conversation(&self, title: &str) -> Result<ConversationId> {
        self.write(|transaction| {
            transaction.query_row(
                "INSERT INTO conversations (title) VALUES (?1) RETURNING id",
                [title],
                |row| row.get(0),
            )
        })
    }

    /// Appends a question and its answer to a conversation.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub fn append_message(&self, id: ConversationId, question: &str, answer: &str) -> Result<MessageId> {
        let message = self.write(|transaction| {
            let changed = transaction
                .execute("UPDATE conversations SET updated_at = unixepoch() WHERE id = ?1", [id])?;
            if changed == 0 {
                return Ok(None);
            }
            let message = transaction.query_row(
                "INSERT INTO messages (conversation_id, question, answer) VALUES (?1, ?2, ?3) RETURNING id",
                params![id, question, answer],
                |row| row.get(0),
            )?;
            Ok(Some(message))
        })?;
        message.ok_or(Error::NoConversation(id))
    }

    /// Puts another answer in the place of a message's: the same one with something added.
    ///
    /// # Errors
    /// The message is gone, or the library cannot be written.
    pub fn replace_answer(&self, id: MessageId, answer: &str) -> Result<()> {
        let changed = self.write(|transaction| {
            transaction.execute("UPDATE messages SET answer = ?2 WHERE id = ?1", params![id, answer])
        })?;
        if changed == 0 { Err(Error::NoMessage(id)) } else { Ok(()) }
    }

    /// All conversations, the last one written to first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn conversations(&self) -> Result<Vec<Conversation>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, title, created_at, updated_at FROM conversations ORDER BY updated_at DESC, id DESC",
                )?
                .query_map([], conversation)?
                .collect()
        })
    }

    /// Shows each message to `visit` with its conversation, in their order: enough to search in.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn visit_messages(&self, mut visit: impl FnMut(ConversationId, Message)) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, question, answer, created_at, conversation_id FROM messages ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                visit(row.get(4)?, message(row)?);
            }
            Ok(())
        })
    }

    /// A conversation with its messages, in their order.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn conversation(&self, id: ConversationId) -> Result<Option<(Conversation, Vec<Message>)>> {
        self.read(|connection| {
            let conversation = connection
                .prepare_cached("SELECT id, title, created_at, updated_at FROM conversations WHERE id = ?1")?
                .query_row([id], conversation)
                .optional()?;
            let Some(conversation) = conversation else { return Ok(None) };
            let messages = connection
                .prepare_cached(
                    "SELECT id, question, answer, created_at FROM messages WHERE conversation_id = ?1 ORDER BY id",
                )?
                .query_map([id], message)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some((conversation, messages)))
        })
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub fn rename_conversation(&self, id: ConversationId, title: &str) -> Result<()> {
        let changed = self.write(|transaction| {
            transaction.execute("UPDATE conversations SET title = ?2 WHERE id = ?1", params![id, title])
        })?;
        if changed == 0 { Err(Error::NoConversation(id)) } else { Ok(()) }
    }

    /// Removes a conversation with its messages. One that is gone already is no error.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn delete_conversation(&self, id: ConversationId) -> Result<()> {
        self.write(|transaction| transaction.execute("DELETE FROM conversations WHERE id = ?1", [id]))?;
        Ok(())
    }
}

fn conversation(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation { id: row.get(0)?, title: row.get(1)?, created_at: row.get(2)?, updated_at: row.get(3)? })
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message { id: row.get(0)?, question: row.get(1)?, answer: row.get(2)?, created_at: row.get(3)? })
}
