//! An answer as it is written.

use futures::stream::BoxStream;
use serde::Deserialize;
use serde_json::Value;

use super::response::finish_reason;
use super::{FinishReason, LogProbs};
use crate::event_stream::Chunk;
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
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub choices: Vec<ChunkChoice>,
    /// In the last chunk, or in each of them, growing; never with some servers.
    #[serde(default)]
    pub usage: Option<Usage>,
    #[serde(default)]
    pub(super) error: Option<Value>,
}

/// What one of the answers grows by.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ChunkChoice {
    /// Its place among the answers.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub index: u32,
    /// What is new. A server that sends a whole answer in place of a stream calls it `message`.
    #[serde(default, alias = "message", deserialize_with = "lenient::or_default")]
    pub delta: ChunkDelta,
    /// Why the model stopped, in the answer's last piece.
    #[serde(default, deserialize_with = "finish_reason")]
    pub finish_reason: Option<FinishReason>,
    /// Where they were asked for.
    #[serde(default)]
    pub logprobs: Option<LogProbs>,
}

/// What is new.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ChunkDelta {
    /// The answer's next words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub content: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) reasoning_content: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) reasoning: Option<String>,
    /// Pieces of the tool calls.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub tool_calls: Vec<ToolCallDelta>,
}

impl ChunkDelta {
    /// The thinking's next words, where the endpoint keeps thinking apart.
    #[must_use]
    pub fn reasoning(&self) -> Option<&str> {
        self.reasoning_content.as_deref().or(self.reasoning.as_deref())
    }
}

/// A piece of a tool call; arguments are to be joined by `index`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ToolCallDelta {
    /// The call's place among the calls of the answer.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub index: u32,
    /// In the call's first piece.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    /// Name in the first piece, arguments in pieces.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub function: super::FunctionCall,
}

impl Chunk for ChatChunk {
    fn finishes(&self) -> bool {
        self.choices.iter().any(|choice| choice.finish_reason.is_some())
    }

    fn is_failure(&self) -> bool {
        self.error.is_some()
            || self.choices.iter().any(|choice| FinishReason::is_error(choice.finish_reason.as_ref()))
    }
}
