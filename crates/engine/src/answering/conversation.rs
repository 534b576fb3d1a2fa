//! What was said before, and keeping what is said now.

use ::models::ChatPrompt;
use answer::{
    Exchange, History, carried_over, standalone_prompt, standalone_question, summary_prompt, without_markers,
};
use library::{ConversationId, Earlier, MessageId, Usage};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{Answer, ApiError};
use crate::errors::api_error;
use crate::models::{Models, used};

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
            let Some(answer) = message.answer else { continue };
            before.earlier = answer.earlier.or(before.earlier);
            said.push((message.id, message.question, without_markers(&answer.text)));
        }
        if let Some(earlier) = &before.earlier {
            said.retain(|(id, ..)| *id > earlier.until);
        }
        let ids: Vec<MessageId> = said.iter().map(|(id, ..)| *id).collect();
        before.history = History {
            summary: before.earlier.as_ref().map(|earlier| earlier.summary.clone()),
            exchanges: said.into_iter().map(|(_, question, answer)| Exchange { question, answer }).collect(),
        };
        if !models.built_in() && !models.gateway_remembers() {
            fold(&mut before, &ids, models, cancel).await;
        }
        Ok(before)
    }

    /// A question with its answer, which can be read.
    pub(crate) async fn answered(&self, id: MessageId) -> Result<(String, library::Answer), ApiError> {
        let message = self.read(move |library| library.message(id)).await?;
        let answered = message.and_then(|message| Some((message.question, message.answer?)));
        answered.ok_or_else(|| api_error(&library::Error::NoMessage(id)))
    }

    /// Stores an answer, in a new conversation where it belongs to none.
    pub(super) async fn keep(
        &self,
        conversation: Option<i64>,
        question: String,
        answer: library::Answer,
    ) -> Result<Answer, ApiError> {
        self.read(move |library| {
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

/// Folds the exchanges that have become too many. Where the model does not, they are left out this time.
async fn fold(before: &mut Before, ids: &[MessageId], models: &Models, cancel: &CancellationToken) {
    let too_many = before.history.too_many(models.chat.context_tokens());
    let Some(&until) = too_many.checked_sub(1).and_then(|last| ids.get(last)) else { return };
    let exchanges = before.history.exchanges.drain(..too_many).collect();
    let folded = History { summary: before.history.summary.clone(), exchanges };
    let Some((summary, usage)) = reply(models, summary_prompt(&folded), cancel).await else { return };
    before.usage = before.usage + usage;
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
    (!text.is_empty()).then(|| (text, used(reply.usage)))
}
