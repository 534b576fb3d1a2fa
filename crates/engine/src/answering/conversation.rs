//! What was said before, and keeping what is said now.

use ::models::ChatPrompt;
use answer::{
    Exchange, History, carried_over, standalone_prompt, standalone_question, summary_prompt, without_markers,
};
use futures::StreamExt as _;
use library::ConversationId;
use tokio_util::sync::CancellationToken;

use super::writing::sum;
use crate::Engine;
use crate::api::{Answer, ApiError, Earlier, Usage};
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
    let written = async {
        let mut events = models.chat.stream(prompt).await.ok()?;
        let mut text = String::new();
        while let Some(event) = events.next().await {
            match event.ok()? {
                ::models::ChatEvent::Text(piece) => text += &piece,
                ::models::ChatEvent::TextWasReasoning => text.clear(),
                ::models::ChatEvent::Reasoning(_) => {}
                ::models::ChatEvent::Finished { usage, .. } => return Some((text, usage.into())),
            }
        }
        None
    };
    let (text, usage) = tokio::select! {
        written = written => written?,
        () = cancel.cancelled() => return None,
    };
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some((text, usage))
}

impl Answer {
    /// The text of a stored answer; `None` where it was stored in another way.
    pub(crate) fn text_of(stored: &str) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(stored).ok()?;
        answer["answer"].as_str().map(str::to_owned)
    }
}
