//! `GET /v1/models`: the library with the models that are set in Footnote, as one model.

use axum::Json;
use axum::extract::Path;
use serde_json::{Value, json};

use super::error::ApiFault;

pub(super) const MODEL: &str = "footnote";

pub(super) async fn list() -> Json<Value> {
    Json(json!({ "object": "list", "data": [model()] }))
}

pub(super) async fn one(Path(name): Path<String>) -> Result<Json<Value>, ApiFault> {
    if name == MODEL { Ok(Json(model())) } else { Err(ApiFault::unknown_model(&name)) }
}

fn model() -> Value {
    json!({ "id": MODEL, "object": "model", "created": 0, "owned_by": MODEL })
}
