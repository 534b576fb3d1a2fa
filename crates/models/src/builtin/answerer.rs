use async_trait::async_trait;
use futures::{StreamExt as _, stream};

use crate::sources::{self, REFUSAL};
use crate::{ChatEvent, ChatModel, ChatPrompt, ChatStream, FinishReason, ModelError, Role, Usage};

/// Answers with the sentences of the sources that bear on the question, word for word, each with its `[n]`.
///
/// It reads sources and question out of the prompt's last user message, as any model would
/// (see [`sources`](crate::sources)), and follows no instruction.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltinAnswerer;

impl BuiltinAnswerer {
    /// Ready at once.
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl ChatModel for BuiltinAnswerer {
    fn name(&self) -> &str {
        "Built-in (quotes only)"
    }

    fn context_tokens(&self) -> usize {
        16_384
    }

    async fn stream(&self, prompt: ChatPrompt) -> Result<ChatStream, ModelError> {
        let answer = answer(last_user_message(&prompt));
        let usage = Usage {
            prompt_tokens: prompt.messages.iter().map(|message| estimate_tokens(&message.text)).sum(),
            completion_tokens: estimate_tokens(&answer),
            estimated_cost: None,
            estimated: true,
        };
        let words: Vec<_> =
            answer.split_inclusive(' ').map(|word| Ok(ChatEvent::Text(word.to_owned()))).collect();
        let finished = ChatEvent::Finished { reason: FinishReason::Stop, usage };
        Ok(stream::iter(words).chain(stream::iter([Ok(finished)])).boxed())
    }
}

fn last_user_message(prompt: &ChatPrompt) -> &str {
    let last = prompt.messages.iter().rev().find(|message| message.role == Role::User);
    last.map_or("", |message| &message.text)
}

fn answer(message: &str) -> String {
    match sources::parse(message).first() {
        Some(source) => format!("{} [{}]", source.text, source.number),
        None => REFUSAL.to_owned(),
    }
}

/// About four bytes make a token of English text.
fn estimate_tokens(text: &str) -> u64 {
    text.len().div_ceil(4) as u64
}
