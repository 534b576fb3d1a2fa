//! POST /chat/completions.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{Piece, Written, check_fields, json_response, model, write};
use super::brain::Message;
use super::event_stream::{Events, Finish};
use super::refusal::Refusal;
use super::{CHAT_MODEL, Fault, Shared, VISION_MODEL, refusal, vision};

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    fault: Option<Extension<Fault>>,
    Json(request): Json<Value>,
) -> Result<Response, Refusal> {
    let fault = fault.map(|Extension(fault)| fault);
    check_fields(&shared, &request)?;
    let (model, written) = if request["model"] == VISION_MODEL {
        (VISION_MODEL, vision::read(&shared, &request)?)
    } else {
        let model = model(&request, CHAT_MODEL)?;
        (model, write(&shared, &messages(&request)?, &request))
    };
    if request["stream"] == true && fault != Some(Fault::WholeBody) {
        return Ok(events(model, &written).respond(&shared, fault.as_ref(), &request, &written.usage()));
    }
    Ok(json_response(&whole(model, &written, &request)))
}

fn messages(request: &Value) -> Result<Vec<Message>, Refusal> {
    let Some(messages) = request["messages"].as_array().filter(|messages| !messages.is_empty()) else {
        return Err(refusal::invalid("There are no messages", "messages"));
    };
    let message = |message: &Value| {
        let is_asked = match message["role"].as_str() {
            Some("user" | "tool") => true,
            Some("system" | "assistant") => false,
            _ => return Err(refusal::invalid("The role is not known", "messages")),
        };
        Ok(Message { is_asked, text: text(&message["content"]) })
    };
    messages.iter().map(message).collect()
}

/// Plain text, or the text among parts.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        _ => String::new(),
    }
}

fn whole(model: &str, written: &Written, request: &Value) -> Value {
    let mut message = json!({"role": "assistant", "content": written.text()});
    if let Some((field, thinking)) = written.thinking() {
        message[field] = Value::from(thinking);
    }
    let choice = |index| json!({"index": index, "message": message, "finish_reason": written.finish_reason, "logprobs": null});
    let choices: Vec<_> = (0..request["n"].as_u64().unwrap_or(1)).map(choice).collect();
    json!({
        "id": "chatcmpl-loopback",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": choices,
        "usage": written.usage(),
    })
}

fn events(model: &str, written: &Written) -> Events {
    let chunk = |delta: Value, reason: Option<&str>| {
        json!({
            "id": "chatcmpl-loopback",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        })
    };
    let mut body = vec![chunk(json!({"role": "assistant", "content": null}), None)];
    body.extend(written.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => chunk(json!({"content": text}), None),
        Piece::Thinking(field, text) => chunk(json!({*field: text}), None),
    }));
    Events { body, finish: Finish(chunk(json!({}), Some(written.finish_reason))) }
}
