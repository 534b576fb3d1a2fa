//! The window's commands: `POST /api/<command>` with the arguments as a JSON object.
//!
//! A page of another origin cannot call them: every call needs a JSON body, which browsers send across origins only
//! where a server allows it, and this one never does.

mod events;

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use engine::Engine;
use engine::api::ApiError;
use engine::api::commands::{Reply, Shell, run, streams};
use serde_json::Value;

/// Serves every command of the engine's table. A command that streams replies with one JSON event a line, any other
/// with its value as JSON or the bytes of a file; one that fails with status 422 and an [`ApiError`].
pub fn commands<S: Shell>(engine: Arc<Engine>, shell: Arc<S>) -> Router {
    Router::new()
        .route("/api/{command}", post(command::<S>))
        .layer(from_fn(only_json))
        .with_state((engine, shell))
}

async fn command<S: Shell>(
    State((engine, shell)): State<(Arc<Engine>, Arc<S>)>,
    Path(name): Path<String>,
    Json(arguments): Json<Value>,
) -> Response {
    if streams(&name) {
        let command = |send| async move { run(engine, shell, &name, arguments, send).await.map(drop) };
        return events::stream(command).await;
    }
    match run(engine, shell, &name, arguments, |_| ()).await {
        Ok(Reply::Json(value)) => ([(CONTENT_TYPE, "application/json")], value).into_response(),
        Ok(Reply::Bytes(bytes)) => bytes.into_response(),
        Err(error) => failure(error),
    }
}

/// The window reads the body, not the status.
fn failure(error: ApiError) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response()
}

async fn only_json(request: Request, next: Next) -> Response {
    let is_json = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if is_json { next.run(request).await } else { StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response() }
}
