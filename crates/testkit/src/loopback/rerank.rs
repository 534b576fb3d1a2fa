//! POST /rerank, in the shape of Jina and Cohere, and of text-embeddings-inference.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{check_fields, json_response, model};
use super::refusal::Refusal;
use super::{RERANK_MODEL, Shared, refusal};
use crate::word_vector;

pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    Json(request): Json<Value>,
) -> Result<Response, Refusal> {
    check_fields(&shared, &request)?;
    let query = request["query"].as_str().ok_or_else(|| refusal::invalid("The query is missing", "query"))?;
    if let Some(documents) = request.get("documents") {
        let model = model(&request, RERANK_MODEL)?;
        let results = ranked(query, documents, "relevance_score")?;
        return Ok(json_response(
            &json!({"id": "rerank-1", "model": model, "results": results, "usage": {"total_tokens": total_tokens(query, documents)}}),
        ));
    }
    let results = ranked(query, &request["texts"], "score")?;
    Ok(json_response(&Value::from(results)))
}

/// As Jina counts: a token a word, near enough.
fn total_tokens(query: &str, documents: &Value) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    let documents = documents.as_array().into_iter().flatten().filter_map(Value::as_str);
    words(query) + documents.map(words).sum::<usize>()
}

/// The texts by how many words they share with the query, the best first.
fn ranked(query: &str, texts: &Value, score: &str) -> Result<Vec<Value>, Refusal> {
    let texts: Vec<String> = serde_json::from_value(texts.clone())
        .map_err(|_| refusal::invalid("The texts are missing", "documents"))?;
    let question = word_vector(query);
    let nearness =
        |text: &String| -> f32 { word_vector(text).iter().zip(&question).map(|(a, b)| a * b).sum() };
    let mut nearest: Vec<_> = texts.iter().map(nearness).enumerate().collect();
    nearest.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(nearest.into_iter().map(|(index, nearness)| json!({"index": index, (score): nearness})).collect())
}
