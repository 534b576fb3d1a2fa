//! `POST /v1/search`: passages, as `footnote search --json` prints them, with links.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use engine::api::{Place, SearchRequest};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Server;
use super::error::ApiFault;
use super::extension::linked_passages;

const MOST_PASSAGES: u32 = 100;

#[derive(Deserialize)]
pub(super) struct Search {
    query: String,
    limit: Option<u32>,
    #[serde(flatten)]
    place: Place,
}

pub(super) async fn search(
    State(server): State<Server>,
    search: Result<Json<Search>, JsonRejection>,
) -> Result<Json<Value>, ApiFault> {
    let Json(Search { query, limit, place }) = search?;
    let _turn = server.turns.take().ok_or_else(ApiFault::busy)?;
    let limit = limit.unwrap_or(10).min(MOST_PASSAGES);
    let found = server.engine.search(SearchRequest { query, limit, id: None, place }).await?;
    let mut json = json!(found);
    json["passages"] = linked_passages(&found.passages);
    Ok(Json(json))
}
