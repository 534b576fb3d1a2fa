//! A whole answer.

use serde::{Deserialize, Serialize};

use super::ToolCall;
use crate::{Usage, lenient};

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ChatResponse {
    /// The endpoint's name for this answer.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: String,
    /// The model that answered.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub model: String,
    /// As many as were asked for.
    pub choices: Vec<ChatChoice>,
    /// Where the endpoint counts.
    #[serde(default)]
    pub usage: Option<Usage>,
}

/// One of the answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ChatChoice {
    /// Its place among them.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub index: u32,
    /// What the model wrote.
    pub message: ReplyMessage,
    /// Why it stopped.
    #[serde(default, deserialize_with = "finish_reason")]
    pub finish_reason: Option<FinishReason>,
    /// Where they were asked for.
    #[serde(default)]
    pub logprobs: Option<LogProbs>,
}

/// What a model wrote.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct ReplyMessage {
    /// The answer; none where the model only thought or called tools.
    #[serde(default, deserialize_with = "lenient::text")]
    pub content: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) reasoning_content: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) reasoning: Option<String>,
    /// The tools that the model called.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub tool_calls: Vec<ToolCall>,
}

impl ReplyMessage {
    /// The model's thinking, where the endpoint keeps it apart (`reasoning_content`, or `reasoning` with newer
    /// vLLM and OpenRouter).
    #[must_use]
    pub fn reasoning(&self) -> Option<&str> {
        self.reasoning_content.as_deref().or(self.reasoning.as_deref())
    }
}

/// Why a model stopped. Servers make up words of their own, so the list is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum FinishReason {
    /// It was done, or wrote one of the stop texts.
    Stop,
    /// It ran into a limit of tokens.
    Length,
    /// It called tools.
    ToolCalls,
    /// Anything else, in the endpoint's own word.
    Other(String),
}

impl FinishReason {
    /// Some servers report a failure in this place, and nowhere else.
    pub(crate) fn is_error(reason: Option<&Self>) -> bool {
        matches!(reason, Some(Self::Other(word)) if word == "error")
    }
}

impl From<String> for FinishReason {
    fn from(word: String) -> Self {
        match word.as_str() {
            // text-generation-inference says which token ended it.
            "stop" | "eos" | "eos_token" | "stop_sequence" => Self::Stop,
            "length" | "max_tokens" => Self::Length,
            "tool_calls" | "function_call" => Self::ToolCalls,
            _ => Self::Other(word),
        }
    }
}

impl From<FinishReason> for String {
    fn from(reason: FinishReason) -> Self {
        match reason {
            FinishReason::Stop => "stop".to_owned(),
            FinishReason::Length => "length".to_owned(),
            FinishReason::ToolCalls => "tool_calls".to_owned(),
            FinishReason::Other(word) => word,
        }
    }
}

/// Some servers send `""` where others send `null`.
pub(crate) fn finish_reason<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<FinishReason>, D::Error> {
    Ok(lenient::text(deserializer)?.map(FinishReason::from))
}

/// The probabilities of the tokens written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct LogProbs {
    /// One for each token.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub content: Vec<TokenLogProb>,
}

/// The probability of one token.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TokenLogProb {
    /// The token.
    pub token: String,
    /// Natural logarithm of its probability.
    pub logprob: f64,
    /// Its bytes, where it is part of a character.
    #[serde(default)]
    pub bytes: Option<Vec<u8>>,
}
