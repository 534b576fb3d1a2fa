//! What the chat model writes, cut to what was asked for, and how it is sent.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::brain::{self, Message};
use super::refusal::Refusal;
use super::{
    CHAT_MODEL, EMBEDDING_MODEL, IMAGE_MODEL, RERANK_MODEL, Shared, THOUGHT, Thinking, VISION_MODEL, refusal,
};

/// What the chat model wrote, in the pieces that a stream sends.
pub(super) struct Written {
    pub(super) pieces: Vec<Piece>,
    pub(super) finish_reason: &'static str,
    /// How many tokens the prompt and the answer have.
    tokens: (usize, usize),
}

pub(super) enum Piece {
    /// In the field of this name.
    Thinking(&'static str, String),
    Text(String),
}

impl Written {
    pub(super) fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Thinking(..) => None,
        };
        self.pieces.iter().filter_map(text).collect()
    }

    pub(super) fn thinking(&self) -> Option<(&'static str, String)> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Thinking(field, text) => Some((*field, text.clone())),
            Piece::Text(_) => None,
        })
    }

    pub(super) fn usage(&self) -> Value {
        let (prompt_tokens, completion_tokens) = self.tokens;
        json!({
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
            "estimated_cost": 0.0,
        })
    }
}

/// Lets the chat model write, under the request's `max_tokens` (a word is a token) and `stop`.
pub(super) fn write(shared: &Shared, messages: &[Message], request: &Value) -> Written {
    // About four bytes make a token.
    let read = messages.iter().map(|message| message.text.len().div_ceil(4)).sum();
    let words = brain::reply(messages).split_inclusive(' ').map(str::to_owned).collect();
    cut(shared, words, read, request)
}

/// What is written, under the request's `max_tokens` and `stop`.
pub(super) fn cut(shared: &Shared, mut words: Vec<String>, prompt_tokens: usize, request: &Value) -> Written {
    let stopped = stop(&mut words, request);
    let most = request["max_tokens"].as_u64().or_else(|| request["max_completion_tokens"].as_u64());
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let finish_reason = if !stopped && words.len() > most { "length" } else { "stop" };
    words.truncate(most);
    let tokens = (prompt_tokens, words.len());
    let mut pieces = thinking(shared.options.thinking);
    pieces.extend(words.into_iter().map(Piece::Text));
    Written { pieces, finish_reason, tokens }
}

/// Ends the words before the first of the stop texts.
fn stop(words: &mut Vec<String>, request: &Value) -> bool {
    let stops: Vec<&str> = match &request["stop"] {
        Value::String(stop) => vec![stop],
        Value::Array(stops) => stops.iter().filter_map(Value::as_str).collect(),
        _ => return false,
    };
    let text = words.concat();
    let Some(end) = stops.iter().filter_map(|stop| text.find(stop)).min() else { return false };
    *words = text[..end].split_inclusive(' ').map(str::to_owned).collect();
    true
}

fn thinking(style: Thinking) -> Vec<Piece> {
    let text = match style {
        Thinking::None => return Vec::new(),
        Thinking::Field(field) => {
            return THOUGHT
                .split_inclusive(' ')
                .map(|word| Piece::Thinking(field, word.to_owned()))
                .collect();
        }
        Thinking::Tags => format!("<think>\n{THOUGHT}\n</think>\n\n"),
        Thinking::ClosingTag => format!("{THOUGHT}\n</think>\n\n"),
    };
    // Pieces of five bytes split the tags.
    text.as_bytes().chunks(5).map(|piece| Piece::Text(String::from_utf8_lossy(piece).into_owned())).collect()
}

/// The request's model, if it is served here: by its name, a version of it, or a deployment.
pub(super) fn model<'a>(request: &'a Value, served: &str) -> Result<&'a str, Refusal> {
    let Some(model) = request["model"].as_str() else {
        return Err(refusal::invalid("The model is missing", "model"));
    };
    let is_version =
        model.strip_prefix(served).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    if is_version || model.starts_with("deploy_id:") {
        return Ok(model);
    }
    if [CHAT_MODEL, EMBEDDING_MODEL, RERANK_MODEL, IMAGE_MODEL, VISION_MODEL].contains(&model) {
        return Err(refusal::invalid("The model is not made for this", "model"));
    }
    Err(refusal::unknown_model(model))
}

/// A field of the request that this server was told to refuse.
pub(super) fn check_fields(shared: &Shared, request: &Value) -> Result<(), Refusal> {
    match shared.options.refused_fields.iter().find(|field| request.get(field).is_some()) {
        Some(field) => Err(refusal::invalid("This parameter is not supported", field)),
        None => Ok(()),
    }
}

pub(super) fn json_response(body: &Value) -> Response {
    response(StatusCode::OK, "application/json", body.to_string())
}

pub(super) fn response(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
