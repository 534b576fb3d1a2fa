//! POST /embeddings.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{check_fields, model, response};
use super::refusal::Refusal;
use super::{EMBEDDING_MODEL, Fault, Shared, VectorFault, refusal};
use crate::word_vector;

/// What [`EMBEDDING_MODEL`] wants in front of a question.
const QUESTION_INSTRUCTION: &str = "Represent this sentence for searching relevant passages: ";

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    fault: Option<Extension<Fault>>,
    Json(request): Json<Value>,
) -> Result<Response, Refusal> {
    let fault = match fault {
        Some(Extension(Fault::Vectors(fault))) => Some(fault),
        _ => None,
    };
    check_fields(&shared, &request)?;
    let model = model(&request, EMBEDDING_MODEL)?;
    let texts = texts(&request["input"])?;
    if texts.len() > shared.options.batch_cap {
        let message =
            format!("batch size {} > maximum allowed batch size {}", texts.len(), shared.options.batch_cap);
        return Err(refusal::invalid(&message, "input"));
    }
    if texts.iter().any(|text| text.chars().count() > shared.options.input_cap) {
        return Err(refusal::too_long("The input is longer than the model's context"));
    }
    if let Some(word) = shared.options.unembeddable
        && texts.iter().any(|text| text.contains(word))
    {
        return Err(refusal::failed("failed to encode response: json: unsupported value: NaN"));
    }
    // A question comes behind the model's instruction.
    let vectors =
        texts.iter().map(|text| word_vector(text.trim_start_matches(QUESTION_INSTRUCTION))).collect();
    shared.record.add_embedded_inputs(texts.len());
    let tokens: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    let as_base64 = request["encoding_format"] == "base64" || fault == Some(VectorFault::Base64);
    let body = json!({
        "object": "list",
        "model": model,
        "data": spoil(entries(vectors, as_base64), fault),
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    });
    // No number of JSON, but what servers in Python write.
    Ok(response(StatusCode::OK, "application/json", body.to_string().replace("\"NaN\"", "NaN")))
}

fn texts(input: &Value) -> Result<Vec<String>, Refusal> {
    let texts: Option<Vec<String>> = match input {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(texts) => texts.iter().map(|text| text.as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    match texts {
        Some(texts) if !texts.is_empty() => Ok(texts),
        _ => Err(refusal::invalid("The input is not a text or a list of texts", "input")),
    }
}

fn entries(vectors: Vec<Vec<f32>>, as_base64: bool) -> Vec<Value> {
    let entry = |(index, vector): (usize, Vec<f32>)| {
        let embedding = if as_base64 { Value::from(base64(&vector)) } else { Value::from(vector) };
        json!({"object": "embedding", "index": index, "embedding": embedding})
    };
    vectors.into_iter().enumerate().map(entry).collect()
}

fn base64(vector: &[f32]) -> String {
    use base64::Engine;
    let bytes: Vec<u8> = vector.iter().flat_map(|component| component.to_le_bytes()).collect();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn spoil(mut entries: Vec<Value>, fault: Option<VectorFault>) -> Vec<Value> {
    match fault {
        None | Some(VectorFault::Base64) => {}
        Some(VectorFault::Reversed) => entries.reverse(),
        Some(VectorFault::NoIndex) => {
            for fields in entries.iter_mut().filter_map(Value::as_object_mut) {
                fields.remove("index");
            }
        }
        Some(VectorFault::NotNormalised) => scale(&mut entries, 7.0),
        Some(VectorFault::Zeros) => scale(&mut entries, 0.0),
        Some(VectorFault::Missing) => drop(entries.pop()),
        Some(VectorFault::SameIndex) => {
            for entry in &mut entries {
                entry["index"] = Value::from(0);
            }
        }
        Some(VectorFault::Uneven) => {
            let shortened = entries.last_mut().and_then(|entry| entry["embedding"].as_array_mut());
            drop(shortened.and_then(Vec::pop));
        }
        Some(VectorFault::Component(component)) => {
            if let Some(entry) = entries.last_mut() {
                entry["embedding"][0] = component.into();
            }
        }
    }
    entries
}

fn scale(entries: &mut [Value], factor: f64) {
    for component in entries.iter_mut().filter_map(|entry| entry["embedding"].as_array_mut()).flatten() {
        *component = json!(component.as_f64().unwrap_or_default() * factor);
    }
}
