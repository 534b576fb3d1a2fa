//! POST /images/generations.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{check_fields, json_response, model};
use super::refusal::Refusal;
use super::{IMAGE_MODEL, Shared, refusal};

/// A grey PNG of one pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    Json(request): Json<Value>,
) -> Result<Response, Refusal> {
    check_fields(&shared, &request)?;
    if request.get("model").is_some() {
        model(&request, IMAGE_MODEL)?;
    }
    if request["prompt"].as_str().is_none_or(str::is_empty) {
        return Err(refusal::invalid("The prompt is missing", "prompt"));
    }
    let pictures: Vec<_> =
        (0..request["n"].as_u64().unwrap_or(1)).map(|_| json!({"b64_json": PICTURE})).collect();
    Ok(json_response(&json!({"created": 0, "data": pictures})))
}
