//! Conversations and their messages. Any process may write them at any time.

mod answer;
mod facts;
mod pictures;
mod words;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, params};

use crate::id::row_id;
use crate::json::Json;
use crate::{DocumentId, Error, Library, Result};

pub use answer::{
    Answer, Citation, Earlier, Failure, GivenPassage, Opinion, Outcome, Reranking, SecondOpinion, Support,
    TextRange, Timings, Usage,
};
pub use facts::{FACTS_VERSION, Fact, FactKind, FactPlace, Facts, Wording};
pub use pictures::Picture;
pub(crate) use words::take_in_all;

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
    /// How many messages it has.
    pub messages: u32,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// As the person typed it.
    pub question: String,
    /// `None` where another version of Footnote stored it in a form that this one cannot read.
    pub answer: Option<Answer>,
    /// In seconds since 1970.
    pub created_at: i64,
    /// The cited documents that have changed or gone since.
    pub changed_sources: Vec<DocumentId>,
}

impl Library {
    /// Begins a conversation.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn create_conversation(&self, title: &str) -> Result<ConversationId> {
        self.write(|transaction| {
            let id = transaction.query_row(
                "INSERT INTO conversations (title) VALUES (?1) RETURNING id",
                [title],
                |row| row.get(0),
            )?;
            words::take_in(transaction, id)?;
            Ok(id)
        })
    }

    /// Appends a question and its answer to a conversation.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub fn append_message(&self, id: ConversationId, question: &str, answer: &Answer) -> Result<MessageId> {
        let message = self.write(|transaction| {
            let changed = transaction
                .execute("UPDATE conversations SET updated_at = unixepoch() WHERE id = ?1", [id])?;
            if changed == 0 {
                return Ok(None);
            }
            let message = answer.insert(transaction, id, question)?;
            words::take_in(transaction, id)?;
            Ok(Some(message))
        })?;
        message.ok_or(Error::NoConversation(id))
    }

    /// Keeps what a chat model thought of the citations of an answer, in the place of an earlier opinion.
    ///
    /// # Errors
    /// The message is gone, or the library cannot be written.
    pub fn keep_opinion(&self, id: MessageId, opinion: &SecondOpinion) -> Result<()> {
        let changed = self.write(|transaction| {
            transaction.execute("UPDATE messages SET opinion = ?2 WHERE id = ?1", params![id, Json(opinion)])
        })?;
        if changed == 0 { Err(Error::NoMessage(id)) } else { Ok(()) }
    }

    /// Keeps whether a person has said that a citation, counted from 0, was right.
    ///
    /// # Errors
    /// The message is gone or has no such citation, or the library cannot be written.
    pub fn mark_citation(&self, id: MessageId, citation: u32, right: bool) -> Result<()> {
        let changed = self.write(|transaction| {
            transaction.execute(
                "UPDATE messages
                 SET citations = json_set(citations, '$[' || ?2 || '].marked_right', json(iif(?3, 'true', 'false')))
                 WHERE id = ?1 AND ?2 < json_array_length(citations)",
                params![id, citation, right],
            )
        })?;
        if changed == 0 { Err(Error::NoMessage(id)) } else { Ok(()) }
    }

    /// The conversations in which each word of `query` begins a word, the last one written to first; all of them
    /// where there is no word in it.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn conversations(&self, query: &str) -> Result<Vec<Conversation>> {
        let matching = words::matching(query);
        let condition = match matching {
            Some(_) => "id IN (SELECT rowid FROM conversation_words WHERE conversation_words MATCH ?1)",
            None => "?1 IS NULL",
        };
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {CONVERSATION} FROM conversations WHERE {condition} ORDER BY updated_at DESC, id DESC"
                ))?
                .query_map([matching], conversation)?
                .collect()
        })
    }

    /// A conversation with its messages, in their order.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn conversation(&self, id: ConversationId) -> Result<Option<(Conversation, Vec<Message>)>> {
        self.read(|connection| {
            let conversation = connection
                .prepare_cached(&format!("SELECT {CONVERSATION} FROM conversations WHERE id = ?1"))?
                .query_row([id], conversation)
                .optional()?;
            let Some(conversation) = conversation else { return Ok(None) };
            let messages = messages_where(connection, "conversation_id = ?1", &[&id])?;
            Ok(Some((conversation, messages)))
        })
    }

    /// A message by its id.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        self.read(|connection| Ok(messages_where(connection, "id = ?1", &[&id])?.pop()))
    }

    /// The messages of all conversations, in the order they were asked.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn messages(&self) -> Result<Vec<Message>> {
        self.read(|connection| messages_where(connection, "TRUE", &[]))
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub fn rename_conversation(&self, id: ConversationId, title: &str) -> Result<()> {
        let changed = self.write(|transaction| {
            let changed = transaction
                .execute("UPDATE conversations SET title = ?2 WHERE id = ?1", params![id, title])?;
            words::take_in(transaction, id)?;
            Ok(changed)
        })?;
        if changed == 0 { Err(Error::NoConversation(id)) } else { Ok(()) }
    }

    /// Removes a conversation with its messages. One that is gone already is no error.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn delete_conversation(&self, id: ConversationId) -> Result<()> {
        self.write(|transaction: &Transaction<'_>| {
            transaction.execute("DELETE FROM conversations WHERE id = ?1", [id])?;
            words::take_in(transaction, id)
        })
    }
}

const CONVERSATION: &str = "id, title, created_at, updated_at, \
                            (SELECT count(*) FROM messages WHERE conversation_id = conversations.id)";

fn conversation(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        id: row.get(0)?,
        title: row.get(1)?,
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        messages: row.get(4)?,
    })
}

/// Another version's citations may be no JSON list.
const CHANGED_SOURCES: &str = "(
    SELECT json_group_array(DISTINCT cited.value ->> 'document_id')
    FROM json_each(iif(json_valid(citations), citations, '[]')) AS cited
    WHERE NOT EXISTS (
        SELECT 1 FROM documents
        WHERE documents.id = cited.value ->> 'document_id' AND documents.updated_at <= messages.created_at
    )
) AS changed_sources";

fn messages_where(
    connection: &Connection,
    condition: &str,
    values: &[&dyn ToSql],
) -> rusqlite::Result<Vec<Message>> {
    connection
        .prepare_cached(&format!(
            "SELECT id, question, created_at, {CHANGED_SOURCES}, {columns} FROM messages WHERE {condition} ORDER BY id",
            columns = answer::COLUMNS
        ))?
        .query_map(values, message)?
        .collect()
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let Json(changed_sources) = row.get("changed_sources")?;
    Ok(Message {
        id: row.get("id")?,
        question: row.get("question")?,
        answer: Answer::read(row)?,
        created_at: row.get("created_at")?,
        changed_sources,
    })
}
