//! Answers that a chat model writes.

use std::sync::Arc;

use async_trait::async_trait;
use futures::{StreamExt as _, stream};
use library::Earlier;
use models::{ChatEvent, ChatModel, ChatPrompt, ModelError, Usage};

use super::{Answerer, Written, WrittenStream};
use crate::history::{standalone_prompt, standalone_question, summary_prompt};
use crate::packing::written_tokens;
use crate::prompt::prompt;
use crate::refusal::RefusalFilter;
use crate::{Evidence, History};

/// Asks a chat model.
pub struct PromptedAnswerer {
    model: Arc<dyn ChatModel>,
    folds: bool,
}

impl PromptedAnswerer {
    /// `folds` is false where the endpoint itself chooses how much of a conversation the model is told.
    #[must_use]
    pub fn new(model: Arc<dyn ChatModel>, folds: bool) -> Self {
        Self { model, folds }
    }

    /// What the model replies, without its thinking; none where it fails or says nothing. The answer itself will tell
    /// the person what is wrong with the endpoint.
    async fn reply(&self, prompt: ChatPrompt) -> Option<(String, Usage)> {
        let reply = self.model.reply(prompt).await.ok()?;
        let text = reply.text.trim().to_owned();
        (!text.is_empty()).then_some((text, reply.usage))
    }
}

#[async_trait]
impl Answerer for PromptedAnswerer {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn context_tokens(&self) -> usize {
        self.model.context_tokens()
    }

    /// Has the exchanges summed up that have become too many. Where the model does not, they are left out this time.
    async fn fold(&self, mut history: History) -> (History, Usage) {
        let too_many = if self.folds { history.too_many(self.context_tokens()) } else { 0 };
        let folded = History { exchanges: history.exchanges.drain(..too_many).collect(), ..history.clone() };
        let Some(last) = folded.exchanges.last() else { return (history, Usage::default()) };
        match self.reply(summary_prompt(&folded)).await {
            Some((summary, usage)) => {
                let earlier = Some(Earlier { summary, until: last.message });
                (History { earlier, ..history }, usage)
            }
            None => (history, Usage::default()),
        }
    }

    async fn standalone(&self, question: &str, history: &History) -> (String, Usage) {
        let as_it_is = || question.to_owned();
        if history.is_empty() {
            return (as_it_is(), Usage::default());
        }
        match self.reply(standalone_prompt(question, history)).await {
            Some((reply, usage)) => (standalone_question(&reply).unwrap_or_else(as_it_is), usage),
            None => (as_it_is(), Usage::default()),
        }
    }

    async fn answer(
        &self,
        question: &str,
        evidence: &[Evidence],
        history: &History,
    ) -> Result<WrittenStream, ModelError> {
        let prompt = prompt(question, evidence, history, written_tokens(self.context_tokens()));
        let events = self.model.stream(prompt).await?;
        let mut filter = RefusalFilter::default();
        Ok(events.flat_map(move |event| stream::iter(written(event, &mut filter))).boxed())
    }
}

/// What an event brings, without the token of a refusal.
fn written(
    event: Result<ChatEvent, ModelError>,
    filter: &mut RefusalFilter,
) -> Vec<Result<Written, ModelError>> {
    let (text, refused, event) = match event {
        Ok(ChatEvent::Text(text)) => {
            let (text, refused) = filter.push(&text);
            (text, refused, None)
        }
        Ok(ChatEvent::Reasoning(text)) => (String::new(), false, Some(Ok(Written::Reasoning(text)))),
        Ok(ChatEvent::TextWasReasoning) => (filter.finish(), false, Some(Ok(Written::TextWasReasoning))),
        Ok(ChatEvent::Finished { reason, usage }) => {
            (filter.finish(), false, Some(Ok(Written::Finished { reason, usage })))
        }
        Err(error) => (filter.finish(), false, Some(Err(error))),
    };
    let text = (!text.is_empty()).then_some(Ok(Written::Text(text)));
    text.into_iter().chain(refused.then_some(Ok(Written::Refused))).chain(event).collect()
}
