//! What a chat model does.

use std::time::{Duration, Instant};

use futures::StreamExt;
use serde::Serialize;

use super::as_milliseconds;
use crate::{ChatMessage, ChatRequest, Endpoint, Error, ErrorKind, StreamOptions};

/// What a chat model does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChatFindings {
    /// The model.
    pub model: String,
    /// Whether its answer comes in pieces.
    pub streams: bool,
    /// Whether a stream tells the usage.
    pub usage_in_stream: bool,
    /// Whether it thinks before it answers, in a field or between tags.
    pub thinks: bool,
    /// From the request to the first piece of text or thinking.
    #[serde(rename = "first_token_ms", serialize_with = "as_milliseconds")]
    pub first_token: Duration,
    /// From the request to the end of a short answer.
    #[serde(rename = "whole_ms", serialize_with = "as_milliseconds")]
    pub whole: Duration,
}

pub(super) async fn check(endpoint: &Endpoint, model: &str) -> Result<ChatFindings, Error> {
    let mut request = ChatRequest {
        model: model.to_owned(),
        messages: vec![ChatMessage::user("Count from one to ten in words.")],
        max_tokens: Some(64),
        stream_options: Some(StreamOptions { include_usage: true }),
        ..ChatRequest::default()
    };
    match listen(endpoint, &request).await {
        Err(error) if error.kind() == ErrorKind::InvalidRequest => {
            request.stream_options = None;
            request.max_completion_tokens = request.max_tokens.take();
            listen(endpoint, &request).await
        }
        result => result,
    }
}

async fn listen(endpoint: &Endpoint, request: &ChatRequest) -> Result<ChatFindings, Error> {
    let start = Instant::now();
    let mut chunks = endpoint.chat_stream(request).await?;
    let (mut pieces, mut first_token, mut usage_in_stream, mut thinks) = (0, None, false, false);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        usage_in_stream |= chunk.usage.is_some();
        let Some(delta) = chunk.choices.into_iter().next().map(|choice| choice.delta) else { continue };
        let text = delta.content.as_deref().unwrap_or_default();
        thinks |= delta.reasoning.is_some() || text.contains("think>");
        if delta.reasoning.is_some() || !text.is_empty() {
            pieces += 1;
            first_token.get_or_insert_with(|| start.elapsed());
        }
    }
    let whole = start.elapsed();
    Ok(ChatFindings {
        model: request.model.clone(),
        streams: pieces > 1,
        usage_in_stream,
        thinks,
        first_token: first_token.unwrap_or(whole),
        whole,
    })
}
