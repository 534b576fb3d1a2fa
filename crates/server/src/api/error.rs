//! What went wrong, in the form that OpenAI's clients expect.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::api::{ApiError, ErrorCode};
use engine::wording;
use mcp::Turns;
use serde_json::{Value, json};

/// A call that fails.
#[derive(Debug)]
pub(super) struct ApiFault {
    status: StatusCode,
    kind: &'static str,
    code: Option<&'static str>,
    message: String,
}

impl ApiFault {
    /// The call itself makes no sense.
    pub(super) fn request(message: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, "invalid_request_error", None, message)
    }

    pub(super) fn unknown_model(model: &str) -> Self {
        let message = format!("There is no model {model:?} here. Ask for \"footnote\".");
        Self::of(StatusCode::NOT_FOUND, "invalid_request_error", Some("model_not_found"), message)
    }

    pub(super) fn unknown_address() -> Self {
        let message = "Nothing is served at this address and by this method. /openapi.json lists what is.";
        Self::of(StatusCode::NOT_FOUND, "invalid_request_error", Some("unknown_url"), message)
    }

    pub(super) fn token() -> Self {
        let message = "The token is missing or another one. footnote serve shows it when it starts.";
        Self::of(StatusCode::UNAUTHORIZED, "invalid_request_error", Some("invalid_api_key"), message)
    }

    pub(super) fn web_page() -> Self {
        let message = "Footnote answers programs of this computer, not web pages.";
        Self::of(StatusCode::FORBIDDEN, "invalid_request_error", Some("forbidden"), message)
    }

    pub(super) fn busy() -> Self {
        let code = Some("rate_limit_exceeded");
        Self::of(StatusCode::TOO_MANY_REQUESTS, "rate_limit_error", code, Turns::NONE)
    }

    fn of(
        status: StatusCode,
        kind: &'static str,
        code: Option<&'static str>,
        message: impl Into<String>,
    ) -> Self {
        Self { status, kind, code, message: message.into() }
    }

    /// As the body of a response, or as an event of a stream.
    pub(super) fn body(&self) -> Value {
        let Self { kind, code, message, .. } = self;
        json!({ "error": { "message": message, "type": kind, "param": null, "code": code } })
    }
}

impl From<ApiError> for ApiFault {
    fn from(error: ApiError) -> Self {
        let message = wording::error(&error.message);
        let (status, kind) = match error.code {
            ErrorCode::Request => (StatusCode::BAD_REQUEST, "invalid_request_error"),
            ErrorCode::Gone => (StatusCode::NOT_FOUND, "invalid_request_error"),
            ErrorCode::Quota => (StatusCode::TOO_MANY_REQUESTS, "rate_limit_error"),
            // The key is the one for the endpoint, which the caller knows nothing of.
            ErrorCode::Key | ErrorCode::Endpoint => (StatusCode::BAD_GATEWAY, "server_error"),
            ErrorCode::Unset => (StatusCode::SERVICE_UNAVAILABLE, "server_error"),
            ErrorCode::Library => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
        };
        Self::of(status, kind, None, message)
    }
}

impl From<JsonRejection> for ApiFault {
    fn from(rejection: JsonRejection) -> Self {
        Self::of(rejection.status(), "invalid_request_error", None, rejection.body_text())
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        (self.status, Json(self.body())).into_response()
    }
}
