//! Conversations and their messages, each member's own.

use library::{
    Answer, Conversation, ConversationId, DocumentId, Error, Message, MessageId, Picture, Result,
    SecondOpinion,
};
use text::search_terms;
use tokio_postgres::Row;
use tokio_postgres::types::Json;

use crate::TeamLibrary;
use crate::connection::{Session, Value};
use crate::error::{Done, Failure};
use crate::search::vector_of_words;
use crate::sql::{clean, count};

/// The form that answers are written in. One that reads otherwise than those before it gets a higher number.
const VERSION: i32 = 1;

/// Policies keep members apart; a superuser, whom none binds, is kept to their own by this.
const OWN: &str = "author = current_user";

impl TeamLibrary {
    /// Begins a conversation.
    ///
    /// # Errors
    /// The server refuses.
    pub fn create_conversation(&self, title: &str) -> Result<ConversationId> {
        let title = clean(title);
        self.connections.write(async |session| {
            let insert = "INSERT INTO conversations (title) VALUES ($1) RETURNING id";
            let id = ConversationId(session.row(insert, &[&&*title]).await?.get(0));
            take_in(session, id).await?;
            Ok(id)
        })
    }

    /// Appends a question and its answer to a conversation.
    ///
    /// # Errors
    /// The conversation is gone, or the server refuses.
    pub fn append_message(&self, id: ConversationId, question: &str, answer: &Answer) -> Result<MessageId> {
        let (question, answer) = (clean(question), Json(cleaned(answer)));
        self.connections.write(async |session| {
            let update = format!(
                "UPDATE conversations SET updated_at = extract(epoch FROM now()) WHERE id = $1 AND {OWN}"
            );
            if session.change(&update, &[&id.0]).await? == 0 {
                return Err(Error::NoConversation(id).into());
            }
            let insert =
                "INSERT INTO messages (conversation_id, question, version, answer) VALUES ($1, $2, $3, $4)
                          RETURNING id";
            let row = session.row(insert, &[&id.0, &&*question, &VERSION, &answer]).await?;
            take_in(session, id).await?;
            Ok(MessageId(row.get(0)))
        })
    }

    /// Keeps what a chat model thought of the citations of an answer, in the place of an earlier opinion.
    ///
    /// # Errors
    /// The message is gone, or the server refuses.
    pub fn keep_opinion(&self, id: MessageId, opinion: &SecondOpinion) -> Result<()> {
        self.change_answer(id, |answer| {
            answer.opinion = Some(opinion.clone());
            true
        })
    }

    /// Keeps whether a person has said that a citation, counted from 0, was right.
    ///
    /// # Errors
    /// The message is gone or has no such citation, or the server refuses.
    pub fn mark_citation(&self, id: MessageId, citation: u32, right: bool) -> Result<()> {
        self.change_answer(id, |answer| {
            answer
                .citations
                .get_mut(citation as usize)
                .map(|citation| citation.marked_right = right)
                .is_some()
        })
    }

    fn change_answer(&self, id: MessageId, change: impl FnOnce(&mut Answer) -> bool) -> Result<()> {
        self.connections.write(async |session| {
            let select = format!("SELECT version, answer FROM messages WHERE id = $1 AND {OWN} FOR UPDATE");
            let row = session.row_if_any(&select, &[&id.0]).await?;
            let Some(mut answer) = row.as_ref().and_then(answer) else {
                return Err(Error::NoMessage(id).into());
            };
            if !change(&mut answer) {
                return Err(Failure::from(Error::NoMessage(id)));
            }
            let answer = Json(cleaned(&answer));
            session.change("UPDATE messages SET answer = $2 WHERE id = $1", &[&id.0, &answer]).await?;
            Ok(())
        })
    }

    /// The conversations in which each word of `query` begins a word, the last one written to first; all of them
    /// where there is no word in it.
    ///
    /// # Errors
    /// The server refuses.
    pub fn conversations(&self, query: &str) -> Result<Vec<Conversation>> {
        let words = search_terms(query).into_iter();
        let words: Vec<String> = words.map(|word| format!("'{}':*", word.replace('\'', "''"))).collect();
        let matching = Some(words.join(" & ")).filter(|matching| !matching.is_empty());
        let query = format!(
            "SELECT {CONVERSATION} FROM conversations
             WHERE {OWN} AND ($1::text IS NULL OR said @@ $1::text::tsquery) ORDER BY updated_at DESC, id DESC"
        );
        self.connections.read(async |session| {
            Ok(session.rows(&query, &[&matching]).await?.iter().map(conversation).collect())
        })
    }

    /// A conversation with its messages, in their order.
    ///
    /// # Errors
    /// The server refuses.
    pub fn conversation(&self, id: ConversationId) -> Result<Option<(Conversation, Vec<Message>)>> {
        let query = format!("SELECT {CONVERSATION} FROM conversations WHERE id = $1 AND {OWN}");
        self.connections.read(async |session| {
            let Some(row) = session.row_if_any(&query, &[&id.0]).await? else { return Ok(None) };
            Ok(Some((conversation(&row), messages_where(session, "conversation_id = $1", &[&id.0]).await?)))
        })
    }

    /// A message by its id.
    ///
    /// # Errors
    /// The server refuses.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        self.connections.read(async |session| Ok(messages_where(session, "id = $1", &[&id.0]).await?.pop()))
    }

    /// The messages of all conversations, in the order they were asked.
    ///
    /// # Errors
    /// The server refuses.
    pub fn messages(&self) -> Result<Vec<Message>> {
        self.connections.read(async |session| messages_where(session, "true", &[]).await)
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The conversation is gone, or the server refuses.
    pub fn rename_conversation(&self, id: ConversationId, title: &str) -> Result<()> {
        let title = clean(title);
        self.connections.write(async |session| {
            let update = format!("UPDATE conversations SET title = $2 WHERE id = $1 AND {OWN}");
            if session.change(&update, &[&id.0, &&*title]).await? == 0 {
                return Err(Error::NoConversation(id).into());
            }
            take_in(session, id).await
        })
    }

    /// Removes a conversation with its messages. One that is gone already is no error.
    ///
    /// # Errors
    /// The server refuses.
    pub fn delete_conversation(&self, id: ConversationId) -> Result<()> {
        self.connections.write(async |session| {
            session.change(&format!("DELETE FROM conversations WHERE id = $1 AND {OWN}"), &[&id.0]).await?;
            Ok(())
        })
    }

    /// Keeps a picture with a message. It goes when the conversation goes.
    ///
    /// # Errors
    /// The message is gone, or the server refuses.
    pub fn add_picture(&self, message: MessageId, picture: &Picture) -> Result<()> {
        self.connections.write(async |session| {
            let insert = "INSERT INTO pictures (message_id, media_type, bytes) VALUES ($1, $2, $3)";
            session.change(insert, &[&message.0, &picture.media_type, &picture.bytes]).await?;
            Ok(())
        })
    }

    /// The pictures of a message, in the order they were made.
    ///
    /// # Errors
    /// The server refuses.
    pub fn pictures(&self, message: MessageId) -> Result<Vec<Picture>> {
        let query =
            format!("SELECT media_type, bytes FROM pictures WHERE message_id = $1 AND {OWN} ORDER BY id");
        self.connections.read(async |session| {
            let rows = session.rows(&query, &[&message.0]).await?;
            let picture = |row: &Row| Picture { media_type: row.get(0), bytes: row.get(1) };
            Ok(rows.iter().map(picture).collect())
        })
    }
}

const CONVERSATION: &str = "id, title, created_at, updated_at, \
                            (SELECT count(*) FROM messages WHERE conversation_id = conversations.id)";

fn conversation(row: &Row) -> Conversation {
    Conversation {
        id: ConversationId(row.get(0)),
        title: row.get(1),
        created_at: row.get(2),
        updated_at: row.get(3),
        messages: count(row.get(4)),
    }
}

async fn messages_where(session: &Session<'_>, condition: &str, values: &[Value<'_>]) -> Done<Vec<Message>> {
    let query = format!(
        "SELECT version, answer, id, question, created_at FROM messages WHERE {condition} AND {OWN} ORDER BY id"
    );
    let rows = session.rows(&query, values).await?;
    let mut messages: Vec<Message> = rows
        .iter()
        .map(|row| Message {
            id: MessageId(row.get(2)),
            question: row.get(3),
            answer: answer(row),
            created_at: row.get(4),
            changed_sources: Vec::new(),
        })
        .collect();
    for message in &mut messages {
        message.changed_sources = changed_sources(session, message).await?;
    }
    Ok(messages)
}

/// The cited documents that have changed or gone since.
async fn changed_sources(session: &Session<'_>, message: &Message) -> Done<Vec<DocumentId>> {
    let citations = message.answer.iter().flat_map(|answer| &answer.citations);
    let mut cited: Vec<i64> = citations.map(|citation| citation.document_id.0).collect();
    cited.sort_unstable();
    cited.dedup();
    if cited.is_empty() {
        return Ok(Vec::new());
    }
    let query = "SELECT cited FROM unnest($1::bigint[]) AS cited WHERE NOT EXISTS (
                     SELECT 1 FROM documents WHERE id = cited AND updated_at <= $2) ORDER BY cited";
    let rows = session.rows(query, &[&cited, &message.created_at]).await?;
    Ok(rows.iter().map(|row| DocumentId(row.get(0))).collect())
}

/// Of a row that begins with the version and the answer. `None` where it is of no form that this version knows.
fn answer(row: &Row) -> Option<Answer> {
    let version: i32 = row.get(0);
    let answer: Option<Json<Answer>> = row.try_get(1).ok();
    answer.filter(|_| (1..=VERSION).contains(&version)).map(|Json(answer)| answer)
}

/// The same without zero bytes, which a model may write and Postgres does not take.
fn cleaned(answer: &Answer) -> Answer {
    Answer { text: clean(&answer.text).into_owned(), ..answer.clone() }
}

/// Lets a conversation be found by all that is said in it.
async fn take_in(session: &Session<'_>, id: ConversationId) -> Done<()> {
    let title = session.row("SELECT title FROM conversations WHERE id = $1", &[&id.0]).await?;
    let mut said: String = title.get(0);
    for message in messages_where(session, "conversation_id = $1", &[&id.0]).await? {
        let answer = message.answer.map(|answer| answer.text).unwrap_or_default();
        said.push_str(&format!("\n{}\n{answer}", message.question));
    }
    let said = vector_of_words(&search_terms(&said).join(" "));
    let update = "UPDATE conversations SET said = $2::text::tsvector WHERE id = $1";
    session.change(update, &[&id.0, &said]).await?;
    Ok(())
}
