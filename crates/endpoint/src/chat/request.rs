//! What is asked of a chat model.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{ChatMessage, Tool, ToolChoice};

/// A conversation to answer. What is `None` or empty is not sent: the endpoint's own default holds, and servers
/// that refuse unknown fields are not troubled.
///
/// Ranges and defaults are DeepInfra's; fields from `max_completion_tokens` on are known to the gateway or to
/// some servers only.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChatRequest {
    /// The model's name, passed through untouched.
    pub model: String,
    /// The conversation so far, with what is to be answered last.
    pub messages: Vec<ChatMessage>,
    /// 0 to 2, default 1. Higher is more random.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f32>,
    /// Above 0, to 1, default 1. Only the tokens that make up this much probability are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f32>,
    /// 0 to 1, default 0. The least probability of a token, relative to the likeliest one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_p: Option<f32>,
    /// 0 to 999, default 0 for off. Only so many of the likeliest tokens are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u32>,
    /// 0 to 1,000,000. The most tokens to write; by default what the context leaves, at most 8,192.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u32>,
    /// Up to 16 texts (4 on the gateway and OpenAI) that end the answer before they are written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    /// 1 to 4, default 1. How many answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// −2 to 2, default 0. Above 0, tokens that occurred are less likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presence_penalty: Option<f32>,
    /// −2 to 2, default 0. Above 0, tokens are the less likely the more often they occurred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_penalty: Option<f32>,
    /// 0.01 to 5, default 1. Multiplied where the other two are added; above 1 penalises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repetition_penalty: Option<f32>,
    /// Functions that the model may call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Tool>,
    /// Which of them it calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// The form of the answer; plain text by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_format: Option<ResponseFormat>,
    /// An opaque identifier of the person, without identifying information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// −2^63 to 2^64−1. The same seed makes the same answer likely, not certain; random by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i128>,
    /// Whether to tell the probability of each token written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<bool>,
    /// 0 to 20, with `logprobs` only. For how many other tokens to tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_logprobs: Option<u8>,
    /// What a stream holds beside the answer; not sent for an answer that is no stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_options: Option<StreamOptions>,

    /// Newer name of `max_tokens`, the only one that OpenAI's reasoning models take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_completion_tokens: Option<u32>,
    /// Token id to −100 (never) … 100 (always).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub logit_bias: BTreeMap<String, f32>,
    /// Several calls at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_tool_calls: Option<bool>,
    /// Text to come after the answer, for models that fill gaps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// So many answers are written and the likeliest is sent; not for streams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_of: Option<u32>,
    /// `text`, `audio`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modalities: Vec<String>,
    /// How spoken answers sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<Map<String, Value>>,
    /// Text that much of the answer is likely to repeat, which makes it faster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Value>,

    /// Jinja template of the conversation, for models that bring none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_template: Option<String>,
    /// What the template can name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat_template_kwargs: Option<Map<String, Value>>,
    /// JSON schema that the answer has to follow (vLLM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_json: Option<Value>,
    /// Regular expression that the answer has to match (vLLM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_regex: Option<String>,
    /// Texts of which the answer has to be one (vLLM).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guided_choice: Vec<String>,
    /// Context-free grammar that the answer has to follow (vLLM).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_grammar: Option<String>,
    /// `outlines` or `lm-format-enforcer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_decoding_backend: Option<String>,
    /// White space allowed in guided JSON, as a regular expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_whitespace_pattern: Option<String>,
    /// Whether the text that ended the answer stands in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_stop_str_in_output: Option<bool>,
    /// How the gateway keeps a long conversation within the context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_strategy: Option<MemoryStrategy>,
    /// After how many seconds the gateway gives up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inference_timeout: Option<f64>,
    /// What the gateway adds to its own request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inference_extra_params: Option<Map<String, Value>>,
    /// Headers that the gateway adds to its own request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inference_extra_headers: Option<BTreeMap<String, String>>,
}

/// The form of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ResponseFormat {
    /// Plain text.
    Text,
    /// Any JSON, as DeepInfra spells it.
    Json,
    /// Any JSON object, as OpenAI spells it.
    JsonObject,
    /// JSON that follows a schema.
    JsonSchema {
        /// Name, schema and strictness.
        json_schema: Value,
    },
}

/// What a stream holds beside the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StreamOptions {
    /// Whether a last chunk tells the usage.
    pub include_usage: bool,
}

/// How the gateway keeps a long conversation within the context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MemoryStrategy {
    /// Only the last messages are read.
    LastK {
        /// How many of them.
        k: u32,
    },
}
