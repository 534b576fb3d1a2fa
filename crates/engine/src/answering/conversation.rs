//! What was said before, and keeping what is said now.

use ::answer::{Exchange, History, without_markers};
use library::{ConversationId, MessageId, Outcome};

use crate::Engine;
use crate::api::{Answer, ApiError};

/// A conversation is named by its first question, shortened to this many characters.
const TITLE_LENGTH: usize = 80;

impl Engine {
    /// What was said before in a conversation.
    pub(super) async fn history(&self, conversation: Option<i64>) -> Result<History, ApiError> {
        let Some(id) = conversation.map(ConversationId) else { return Ok(History::default()) };
        let (_, messages) = self
            .with_library(move |library| library.conversation(id)?.ok_or(library::Error::NoConversation(id)))
            .await?;
        let mut history = History::default();
        for message in messages {
            let Some(answer) = message.answer else { continue };
            if let Some(earlier) = answer.earlier {
                history.exchanges.retain(|said: &Exchange| said.message > earlier.until);
                history.earlier = Some(earlier);
            }
            let refused = answer.outcome == Outcome::NotInDocuments;
            history.exchanges.push(Exchange {
                message: message.id,
                question: message.question,
                answer: (!refused).then(|| without_markers(&answer.text)),
            });
        }
        Ok(history)
    }

    /// A question with its answer, which can be read.
    pub(crate) async fn answered(&self, id: MessageId) -> Result<(String, library::Answer), ApiError> {
        let message = self.with_library(move |library| library.message(id)).await?;
        let answered = message.and_then(|message| Some((message.question, message.answer?)));
        answered.ok_or_else(|| library::Error::NoMessage(id).into())
    }

    /// Stores an answer, in a new conversation where it belongs to none; nowhere where the library may only be read, and
    /// the ids are 0 then.
    pub(super) async fn keep(
        &self,
        conversation: Option<i64>,
        question: String,
        answer: library::Answer,
    ) -> Result<Answer, ApiError> {
        self.with_library(move |library| {
            if library.may_only_be_read() {
                return Ok::<_, library::Error>(Answer::of(
                    ConversationId(0),
                    MessageId(0),
                    question,
                    Some(answer),
                ));
            }
            let id = match conversation {
                Some(id) => ConversationId(id),
                None => {
                    library.create_conversation(&question.chars().take(TITLE_LENGTH).collect::<String>())?
                }
            };
            let message = library.append_message(id, &question, &answer)?;
            Ok(Answer::of(id, message, question, Some(answer)))
        })
        .await
    }
}
