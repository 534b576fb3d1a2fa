//! POST /completions.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{check_fields, json_response, model, write};
use super::brain::Message;
use super::event_stream::{Events, Finish};
use super::refusal::Refusal;
use super::{CHAT_MODEL, Fault, Shared, refusal};

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    fault: Option<Extension<Fault>>,
    Json(request): Json<Value>,
) -> Result<Response, Refusal> {
    let fault = fault.map(|Extension(fault)| fault);
    check_fields(&shared, &request)?;
    let model = model(&request, CHAT_MODEL)?;
    let Some(prompt) = request["prompt"].as_str() else {
        return Err(refusal::invalid("The prompt is missing", "prompt"));
    };
    let written = write(&shared, &[Message { is_asked: true, text: prompt.to_owned() }], &request);
    let chunk = |text: &str, reason: Option<&str>| {
        json!({
            "id": "cmpl-loopback",
            "object": "text_completion",
            "created": 0,
            "model": model,
            "choices": [{"index": 0, "text": text, "finish_reason": reason, "logprobs": null}],
        })
    };
    let echo = if request["echo"] == true { prompt } else { "" };
    if request["stream"] == true && fault != Some(Fault::WholeBody) {
        let text = written.text();
        let words = [echo].into_iter().filter(|echo| !echo.is_empty()).chain(text.split_inclusive(' '));
        let body = words.map(|word| chunk(word, None)).collect();
        let events = Events { body, finish: Finish(chunk("", Some(written.finish_reason))) };
        return Ok(events.respond(&shared, fault.as_ref(), &request, &written.usage()));
    }
    let mut whole = chunk(&format!("{echo}{}", written.text()), Some(written.finish_reason));
    whole["usage"] = written.usage();
    Ok(json_response(&whole))
}
