//! A whole answer.

use serde::{Deserialize, Serialize};

use super::ReplyMessage;
use crate::usage::Counted;
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
    #[serde(deserialize_with = "lenient::items")]
    pub choices: Vec<ChatChoice>,
    /// Where the endpoint counts.
    #[serde(default, deserialize_with = "Usage::read")]
    pub usage: Option<Usage>,
}

impl Counted for ChatResponse {
    fn usage(&self) -> Option<Usage> {
        self.usage
    }
}

/// One of the answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ChatChoice {
    /// Its place among them.
    #[serde(default, deserialize_with = "lenient::count_or_zero")]
    pub index: u32,
    /// What the model wrote.
    pub message: ReplyMessage,
    /// Why it stopped.
    #[serde(default, deserialize_with = "finish_reason")]
    pub finish_reason: Option<FinishReason>,
    /// Where they were asked for.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub logprobs: Option<LogProbs>,
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
    /// A filter of the endpoint ended it.
    Filter,
    /// The endpoint failed on the way, and says so in this place only.
    Failure,
    /// Anything else, in the endpoint's own word.
    Other(String),
}

/// The words of OpenAI first, then those that text-generation-inference, Anthropic, Gemini, Mistral, Zhipu, DeepSeek
/// and vLLM have in their place.
const REASONS: &[(FinishReason, &[&str])] = &[
    (FinishReason::Stop, &["stop", "eos", "eos_token", "stop_sequence", "end_turn"]),
    (FinishReason::Length, &["length", "max_tokens", "max_output_tokens", "model_length"]),
    (FinishReason::ToolCalls, &["tool_calls", "function_call", "tool_use"]),
    (
        FinishReason::Filter,
        &[
            "content_filter",
            "safety",
            "sensitive",
            "refusal",
            "recitation",
            "prohibited_content",
            "blocklist",
        ],
    ),
    (FinishReason::Failure, &["error", "abort", "network_error", "insufficient_system_resource"]),
];

impl From<String> for FinishReason {
    fn from(word: String) -> Self {
        let known =
            REASONS.iter().find(|(_, words)| words.iter().any(|known| known.eq_ignore_ascii_case(&word)));
        known.map_or(Self::Other(word), |(reason, _)| reason.clone())
    }
}

impl From<FinishReason> for String {
    fn from(reason: FinishReason) -> Self {
        if let FinishReason::Other(word) = reason {
            return word;
        }
        let known = REASONS.iter().find(|(known, _)| *known == reason);
        known.map_or_else(Self::new, |(_, words)| words[0].to_owned())
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
    #[serde(default, deserialize_with = "lenient::items")]
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
