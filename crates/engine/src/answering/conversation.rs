//! What was said before, and keeping what is said now.

use ::models::ChatPrompt;
use answer::{
    Exchange, History, carried_over, standalone_prompt, standalone_question, summary_prompt, without_markers,
};
use library::{ConversationId, MessageId};
use tokio_util::sync::CancellationToken;

use super::writing::sum;
use crate::Engine;
use crate::api::{Answer, ApiError, Earlier, Usage};
use crate::errors::api_error;
use crate::models::Models;

/// A conversation is named by its first question, shortened to this many characters.
const TITLE_LENGTH: usize = 80;

/// What was said before a question, and what it took to find that out.
#[derive(Default)]
pub(super) struct Before {
    pub(super) history: History,
    /// The summary in the history, with the last message in it.
    pub(super) earlier: Option<Earlier>,
    pub(super) usage: Usage,
}

impl Engine {
    /// What was said before in a conversation: as much of it word for word as the model's context bears, and the
    /// rest folded. Markers are taken out: they counted other passages.
    pub(super) async fn before(
        &self,
        conversation: Option<i64>,
        models: &Models,
        cancel: &CancellationToken,
    ) -> Result<Before, ApiError> {
        let Some(id) = conversation.map(ConversationId) else { return Ok(Before::default()) };
        let (_, messages) = self
            .read(move |library| library.conversation(id)?.ok_or(library::Error::NoConversation(id)))
            .await?;
        let mut before = Before::default();
        let mut said = Vec::new();
        for message in messages {
            let Ok(answer) = serde_json::from_str::<Answer>(&message.answer) else { continue };
            before.earlier = answer.earlier.or(before.earlier);
            said.push((message.id.0, message.question, without_markers(&answer.answer)));
        }
        if let Some(earlier) = &before.earlier {
            said.retain(|(id, ..)| *id > earlier.until);
        }
        let ids: Vec<i64> = said.iter().map(|(id, ..)| *id).collect();
        before.history = History {
            summary: before.earlier.as_ref().map(|earlier| earlier.summary.clone()),
            exchanges: said.into_iter().map(|(_, question, answer)| Exchange { question, answer }).collect(),
        };
        if !models.built_in() && !models.gateway_remembers() {
            fold(&mut before, &ids, models, cancel).await;
        }
        Ok(before)
    }

    /// A stored answer.
    pub(crate) async fn answer_of(&self, id: MessageId) -> Result<Answer, ApiError> {
        let message = self.read(move |library| library.message(id)).await?;
        let answer = message.and_then(|message| serde_json::from_str(&message.answer).ok());
        answer.ok_or_else(|| api_error(&library::Error::NoMessage(id)))
    }

    /// Stores an answer in the place of what it was before something was added to it.
    pub(crate) async fn replace(&self, id: MessageId, answer: &Answer) -> Result<(), ApiError> {
        let stored = stored(answer);
        self.read(move |library| library.replace_answer(id, &stored)).await
    }

    /// Stores an answer, in a new conversation where it belongs to none. Returns the ids of the
    /// conversation and of the message.
    pub(super) async fn keep(
        &self,
        conversation: Option<i64>,
        answer: &Answer,
    ) -> Result<(i64, i64), ApiError> {
        let question = answer.question.clone();
        let stored = stored(answer);
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

/// Strings and numbers: there is nothing in it that could fail to be written.
fn stored(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

/// Folds the exchanges that have become too many. Where the model does not, they are left out this time.
async fn fold(before: &mut Before, ids: &[i64], models: &Models, cancel: &CancellationToken) {
    let too_many = before.history.too_many(models.chat.context_tokens());
    let Some(&until) = too_many.checked_sub(1).and_then(|last| ids.get(last)) else { return };
    let exchanges = before.history.exchanges.drain(..too_many).collect();
    let folded = History { summary: before.history.summary.clone(), exchanges };
    let Some((summary, usage)) = reply(models, summary_prompt(&folded), cancel).await else { return };
    before.usage = sum(before.usage, usage);
    before.history.summary = Some(summary.clone());
    before.earlier = Some(Earlier { summary, until });
}

/// The question as it can be searched for without what was said before it, with what that took.
pub(super) async fn standalone(
    question: &str,
    history: &History,
    models: &Models,
    cancel: &CancellationToken,
) -> (String, Usage) {
    if history.is_empty() {
        return (question.to_owned(), Usage::default());
    }
    if models.built_in() {
        return (carried_over(question, history), Usage::default());
    }
    match reply(models, standalone_prompt(question, history), cancel).await {
        Some((reply, usage)) => (standalone_question(&reply).unwrap_or_else(|| question.to_owned()), usage),
        None => (question.to_owned(), Usage::default()),
    }
}

/// What the chat model replies, without its thinking; none where it fails or says nothing. The answer itself will
/// tell the person what is wrong with the endpoint.
async fn reply(models: &Models, prompt: ChatPrompt, cancel: &CancellationToken) -> Option<(String, Usage)> {
    let reply = tokio::select! {
        reply = models.chat.reply(prompt) => reply.ok()?,
        () = cancel.cancelled() => return None,
    };
    let text = reply.text.trim().to_owned();
    (!text.is_empty()).then(|| (text, reply.usage.into()))
}

impl Answer {
    /// The text of a stored answer; `None` where it was stored in another way.
    pub(crate) fn text_of(stored: &str) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(stored).ok()?;
        answer["answer"].as_str().map(str::to_owned)
    }
}
