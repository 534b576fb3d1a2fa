//! An answer as it is written.

use std::collections::HashMap;

use futures::stream::{BoxStream, StreamExt as _, TryStreamExt as _};
use serde::Deserialize;

use super::response::finish_reason;
use super::{FinishReason, LogProbs, ReplyMessage};
use crate::event_stream::Chunk;
use crate::usage::Counted;
use crate::{Error, Usage, lenient};

/// The pieces of an answer. Dropping it ends the request.
pub type ChatStream = BoxStream<'static, Result<ChatChunk, Error>>;

/// A piece of an answer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ChatChunk {
    /// The endpoint's name for this answer.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: String,
    /// The model that answers.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub model: String,
    /// One for each answer that grows by this piece; none in a chunk that only tells the usage.
    #[serde(default, deserialize_with = "lenient::items")]
    pub choices: Vec<ChunkChoice>,
    /// In the last chunk, or in each of them, growing; never with some servers.
    #[serde(default, deserialize_with = "Usage::read")]
    pub usage: Option<Usage>,
}

/// What one of the answers grows by.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ChunkChoice {
    /// Its place among the answers.
    #[serde(default, deserialize_with = "lenient::count_or_zero")]
    pub index: u32,
    /// What is new.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub delta: ReplyMessage,
    /// What is there so far, from servers that repeat it, or send a whole answer in place of a stream.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) message: ReplyMessage,
    /// What is new, from servers that answer a chat as they write a prompt on.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) text: Option<String>,
    /// Why the model stopped, in the answer's last piece.
    #[serde(default, deserialize_with = "finish_reason")]
    pub finish_reason: Option<FinishReason>,
    /// Where they were asked for.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub logprobs: Option<LogProbs>,
}

impl Counted for ChatChunk {
    fn usage(&self) -> Option<Usage> {
        self.usage
    }
}

impl Chunk for ChatChunk {
    fn is_part_of_an_answer(&self) -> bool {
        !self.choices.is_empty()
    }

    fn finishes(&self) -> bool {
        self.choices.iter().any(|choice| choice.finish_reason.is_some())
    }

    fn is_failure(&self) -> bool {
        self.choices.iter().any(|choice| choice.finish_reason == Some(FinishReason::Failure))
    }
}

/// The chunks with all that is new in their `delta`, wherever the server put it.
pub(crate) fn in_deltas(chunks: ChatStream) -> ChatStream {
    let mut answers = HashMap::<u32, Grown>::new();
    chunks
        .map_ok(move |mut chunk| {
            for choice in &mut chunk.choices {
                answers.entry(choice.index).or_default().settle(choice);
            }
            chunk
        })
        .boxed()
}

/// What one answer has grown to.
#[derive(Default)]
struct Grown {
    /// Whether it grows by `delta`: then `message` repeats it.
    by_deltas: bool,
    content: String,
    reasoning: String,
}

impl Grown {
    fn settle(&mut self, choice: &mut ChunkChoice) {
        let message = std::mem::take(&mut choice.message);
        if choice.delta.is_empty() {
            choice.delta.content = choice.text.take();
        }
        self.by_deltas |= !choice.delta.is_empty();
        if !self.by_deltas {
            choice.delta = ReplyMessage {
                content: message.content.and_then(|content| new_in(&mut self.content, &content)),
                reasoning: message.reasoning.and_then(|reasoning| new_in(&mut self.reasoning, &reasoning)),
                ..message
            };
        }
    }
}

/// What a message adds: the rest of it where it repeats what was there before, else all of it.
fn new_in(before: &mut String, message: &str) -> Option<String> {
    let new = message.strip_prefix(before.as_str()).unwrap_or(message).to_owned();
    before.push_str(&new);
    (!new.is_empty()).then_some(new)
}
