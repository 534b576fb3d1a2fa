//! What a command gives back.

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::api::{ApiError, ErrorCode};
use serde::Serialize;

/// A failed command; the window reads the body, not the status.
pub struct Failure(ApiError);

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, Json(self.0)).into_response()
    }
}

pub type Reply<T> = Result<Json<T>, Failure>;

/// Runs one of the engine's calls that block, off the threads that serve.
pub async fn blocking<T: Send + 'static>(
    engine: Arc<Engine>,
    call: impl FnOnce(&Engine) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, Failure> {
    let called = tokio::task::spawn_blocking(move || call(&engine)).await;
    called.unwrap_or_else(|panic| Err(library(&panic.to_string()))).map_err(Failure)
}

pub async fn stored<T: Serialize + Send + 'static>(
    engine: Arc<Engine>,
    call: impl FnOnce(&Engine) -> Result<T, ApiError> + Send + 'static,
) -> Reply<T> {
    blocking(engine, call).await.map(Json)
}

fn library(message: &str) -> ApiError {
    ApiError { code: ErrorCode::Library, message: message.to_owned() }
}
