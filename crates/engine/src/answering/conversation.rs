//! What was said before, and keeping what is said now.

use answer::{Exchange, without_markers};
use library::ConversationId;

use crate::Engine;
use crate::api::{Answer, ApiError};

/// How many exchanges the model is shown again: enough for "and the year before?".
const REMEMBERED: usize = 4;

/// A conversation is named by its first question, shortened to this many characters.
const TITLE_LENGTH: usize = 80;

impl Engine {
    /// The last exchanges of a conversation, oldest first. Markers are taken out: they counted other passages.
    pub(super) async fn history(&self, conversation: Option<i64>) -> Result<Vec<Exchange>, ApiError> {
        let Some(id) = conversation.map(ConversationId) else { return Ok(Vec::new()) };
        let stored = self
            .read(move |library| library.conversation(id)?.ok_or(library::Error::NoConversation(id)))
            .await?;
        let (_, messages) = stored;
        let recent = messages.into_iter().rev().take(REMEMBERED).rev();
        let exchange = |message: library::Message| {
            let answer = Answer::text_of(&message.answer)?;
            Some(Exchange { question: message.question, answer: without_markers(&answer) })
        };
        Ok(recent.filter_map(exchange).collect())
    }

    /// Stores an answer, in a new conversation where it belongs to none. Returns the ids of the
    /// conversation and of the message.
    pub(super) async fn keep(
        &self,
        conversation: Option<i64>,
        answer: &Answer,
    ) -> Result<(i64, i64), ApiError> {
        let question = answer.question.clone();
        // Strings and numbers: there is nothing in it that could fail to be written.
        let stored = serde_json::to_string(answer).unwrap_or_default();
        self.read(move |library| {
            let id = match conversation {
                Some(id) => ConversationId(id),
                None => {
                    library.create_conversation(&question.chars().take(TITLE_LENGTH).collect::<String>())?
                }
            };
            let message = library.append_message(id, &question, &stored)?;
            Ok((id.0, message.0))
        })
        .await
    }
}

impl Answer {
    /// The text of a stored answer; `None` where it was stored in another way.
    pub(crate) fn text_of(stored: &str) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(stored).ok()?;
        answer["answer"].as_str().map(str::to_owned)
    }
}
