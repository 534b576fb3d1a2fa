//! Errors, as OpenAI writes them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::response;

/// A request that is not answered, and why.
pub(super) struct Refusal {
    status: StatusCode,
    body: Value,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        response(self.status, "application/json", self.body.to_string())
    }
}

pub(super) fn error_object(message: &str, kind: &str, code: Option<&str>) -> Value {
    json!({"error": {"message": message, "type": kind, "param": null, "code": code}})
}

pub(super) fn not_found() -> Refusal {
    refuse(StatusCode::NOT_FOUND, "Unknown path", None)
}

pub(super) fn unauthorized() -> Refusal {
    refuse(StatusCode::UNAUTHORIZED, "Incorrect key", Some("invalid_api_key"))
}

pub(super) fn invalid(message: &str, parameter: &str) -> Refusal {
    let mut refusal = refuse(StatusCode::BAD_REQUEST, message, None);
    refusal.body["error"]["param"] = Value::from(parameter);
    refusal
}

pub(super) fn failed(message: &str) -> Refusal {
    refuse(StatusCode::INTERNAL_SERVER_ERROR, message, None)
}

pub(super) fn unknown_model(model: &str) -> Refusal {
    refuse(StatusCode::NOT_FOUND, &format!("The model `{model}` does not exist"), Some("model_not_found"))
}

pub(super) fn too_long(message: &str) -> Refusal {
    refuse(StatusCode::BAD_REQUEST, message, Some("context_length_exceeded"))
}

fn refuse(status: StatusCode, message: &str, code: Option<&str>) -> Refusal {
    Refusal { status, body: error_object(message, "invalid_request_error", code) }
}
