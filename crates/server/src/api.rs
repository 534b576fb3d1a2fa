//! The API for other programs on this computer, in the forms of OpenAI's: questions as chat completions, search, and the
//! library over MCP. What is asked is not kept.
//!
//! Every call needs the token, and none may come from a web page.

mod chat;
mod chunks;
mod error;
mod extension;
mod guard;
mod messages;
mod models;
mod search;

use std::io;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Router, serve as serve_router};
use engine::Engine;
use mcp::Turns;
use tokio::net::TcpListener;

use error::ApiFault;
pub use guard::Token;

/// No call is as large as this, in bytes: a long conversation has some hundred thousand.
const LARGEST_CALL: usize = 1 << 20;

const DESCRIPTION: &str = include_str!("api/openapi.json");

#[derive(Clone)]
struct Server {
    engine: Arc<Engine>,
    turns: Turns,
}

/// Serves other programs until the listener fails. It has to be one of this computer's own addresses.
///
/// # Errors
/// The listener has failed.
pub async fn serve(engine: Arc<Engine>, listener: TcpListener, token: Token) -> io::Result<()> {
    serve_router(listener, router(engine, token)).await
}

fn router(engine: Arc<Engine>, token: Token) -> Router {
    let turns = Turns::default();
    let server = Server { engine: Arc::clone(&engine), turns: turns.clone() };
    Router::new()
        .route("/v1/chat/completions", post(chat::complete))
        .route("/v1/search", post(search::search))
        .route("/v1/models", get(models::list))
        .route("/v1/models/{model}", get(models::one))
        .route("/openapi.json", get(describe))
        .fallback(async || ApiFault::unknown_address())
        .method_not_allowed_fallback(async || ApiFault::unknown_address())
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
        .with_state(server)
        .nest_service("/mcp", mcp::http_service(engine, turns))
        .layer(from_fn_with_state(Arc::new(token), guard::admit))
}

async fn describe() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_has_every_address() {
        let description: serde_json::Value = serde_json::from_str(DESCRIPTION).unwrap();
        let paths = description["paths"].as_object().unwrap();
        let paths: Vec<&str> = paths.keys().map(String::as_str).collect();
        assert_eq!(paths, ["/v1/chat/completions", "/v1/search", "/v1/models", "/v1/models/{model}", "/mcp"]);
    }
}
