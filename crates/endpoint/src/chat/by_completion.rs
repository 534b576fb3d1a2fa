//! Chat with an endpoint that only writes prompts on.

use super::{ChatChoice, ChatChunk, ChatRequest, ChatResponse, ChunkChoice, ReplyMessage};
use crate::Completion;
use crate::completion::{CompletionChoice, CompletionRequest};

/// The same request, with the conversation written out as `prompt`. Tools, formats and what only chat knows are
/// left out.
pub(crate) fn completion_request(chat: &ChatRequest, prompt: String, stop: &[String]) -> CompletionRequest {
    CompletionRequest {
        model: chat.model.clone(),
        prompt,
        max_tokens: chat.max_tokens.or(chat.max_completion_tokens),
        stop: chat.stop.iter().chain(stop).cloned().collect(),
        temperature: chat.temperature,
        top_p: chat.top_p,
        min_p: chat.min_p,
        top_k: chat.top_k,
        n: chat.n,
        presence_penalty: chat.presence_penalty,
        frequency_penalty: chat.frequency_penalty,
        repetition_penalty: chat.repetition_penalty,
        seed: chat.seed,
        user: chat.user.clone(),
        stream_options: chat.stream_options,
        ..CompletionRequest::default()
    }
}

impl From<Completion> for ChatResponse {
    fn from(completion: Completion) -> Self {
        let choice = |CompletionChoice { index, text, finish_reason }| ChatChoice {
            index,
            message: ReplyMessage { content: Some(text), ..ReplyMessage::default() },
            finish_reason,
            logprobs: None,
        };
        Self {
            id: String::new(),
            model: completion.model,
            choices: completion.choices.into_iter().map(choice).collect(),
            usage: completion.usage,
        }
    }
}

impl From<Completion> for ChatChunk {
    fn from(completion: Completion) -> Self {
        let choice = |CompletionChoice { index, text, finish_reason }| ChunkChoice {
            index,
            delta: ReplyMessage { content: Some(text), ..ReplyMessage::default() },
            finish_reason,
            ..ChunkChoice::default()
        };
        Self {
            model: completion.model,
            choices: completion.choices.into_iter().map(choice).collect(),
            usage: completion.usage,
            ..Self::default()
        }
    }
}
