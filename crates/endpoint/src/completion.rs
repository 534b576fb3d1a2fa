//! Prompts, written on.

use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};

use crate::chat::{FinishReason, StreamOptions, finish_reason};
use crate::event_stream::Chunk;
use crate::usage::Counted;
use crate::{Error, Usage, lenient};

/// A prompt to write on. What is `None` or empty is not sent. Ranges are those of [`crate::ChatRequest`].
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CompletionRequest {
    /// The model's name, passed through untouched.
    pub model: String,
    /// The text to go on from, in the form that the model was trained with.
    pub prompt: String,
    /// The most tokens to write; 16 by default with most servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u32>,
    /// Texts that end the answer before they are written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    /// Whether the prompt stands before what was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echo: Option<bool>,
    /// For how many of the likeliest tokens to tell the probability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<u8>,
    /// Higher is more random.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f32>,
    /// Only the tokens that make up this much probability are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f32>,
    /// The least probability of a token, relative to the likeliest one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_p: Option<f32>,
    /// Only so many of the likeliest tokens are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u32>,
    /// How many answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Above 0, tokens that occurred are less likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presence_penalty: Option<f32>,
    /// Above 0, tokens are the less likely the more often they occurred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_penalty: Option<f32>,
    /// Above 1, tokens that occurred are less likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repetition_penalty: Option<f32>,
    /// The same seed makes the same answer likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i128>,
    /// An opaque identifier of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What a stream holds beside the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_options: Option<StreamOptions>,
}

/// What was written: all of it, or the next piece in a stream.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Completion {
    /// The model that wrote.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub model: String,
    /// One for each answer; none in a chunk that only tells the usage.
    #[serde(deserialize_with = "lenient::items")]
    pub choices: Vec<CompletionChoice>,
    /// Where the endpoint counts; in a stream in the last piece, or in each of them, growing.
    #[serde(default, deserialize_with = "Usage::read")]
    pub usage: Option<Usage>,
}

/// One of the answers.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct CompletionChoice {
    /// Its place among them.
    #[serde(default, deserialize_with = "lenient::count_or_zero")]
    pub index: u32,
    /// The text.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub text: String,
    /// Why the model stopped.
    #[serde(default, deserialize_with = "finish_reason")]
    pub finish_reason: Option<FinishReason>,
}

/// The pieces of what is written. Dropping it ends the request.
pub type CompletionStream = BoxStream<'static, Result<Completion, Error>>;

impl Counted for Completion {
    fn usage(&self) -> Option<Usage> {
        self.usage
    }
}

impl Chunk for Completion {
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
