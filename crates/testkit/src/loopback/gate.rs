//! What every request passes: the record, the key, the faults that need no answer, the slots.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use serde_json::Value;

use super::answer::response;
use super::record::Recorded;
use super::{Fault, Shared, refusal};

/// Larger than any request of a test.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

pub(super) async fn pass(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return refusal::invalid("The body cannot be read", "body").into_response();
    };
    if shared.options.records_bodies {
        shared.record.add_request(recorded(&parts.headers, parts.uri.path(), &body));
    }
    if !is_welcome(&parts.headers, shared.options.key.as_deref()) {
        return refusal::unauthorized().into_response();
    }
    let fault = shared.record.next_fault();
    let mut request = Request::from_parts(parts, Body::from(body));
    match fault {
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Status { status, body, retry_after }) => failed(status, body, retry_after),
        Some(Fault::Redirect(to)) => redirected(&to),
        Some(Fault::Body(body)) => {
            let kind = if body.starts_with("data:") { "text/event-stream" } else { "application/json" };
            response(StatusCode::OK, kind, body)
        }
        Some(Fault::HalfBody) => half(answer(&shared, request, next).await).await,
        other => {
            if let Some(fault) = other {
                request.extensions_mut().insert(fault);
            }
            answer(&shared, request, next).await
        }
    }
}

async fn answer(shared: &Shared, request: Request, next: Next) -> Response {
    let _in_flight = shared.record.enter();
    let _slot = shared.slots.acquire().await;
    let start = Instant::now();
    if !shared.options.latency.is_zero() {
        tokio::time::sleep(shared.options.latency).await;
    }
    let response = next.run(request).await;
    shared.record.add_work(start.elapsed());
    response
}

fn is_welcome(headers: &HeaderMap, key: Option<&str>) -> bool {
    let Some(key) = key else { return true };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    text("x-api-key") == Some(key) || text("authorization") == Some(&format!("Bearer {key}"))
}

fn recorded(headers: &HeaderMap, path: &str, body: &[u8]) -> Recorded {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Recorded {
        path: path.to_owned(),
        headers: headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: serde_json::from_slice(body).unwrap_or(Value::Null),
    }
}

fn failed(status: u16, body: String, retry_after: Option<String>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = if body.starts_with('<') { "text/html" } else { "application/json" };
    let mut failed = response(status, kind, body);
    if let Some(wait) = retry_after.and_then(|wait| wait.parse().ok()) {
        failed.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    failed
}

fn redirected(to: &str) -> Response {
    let mut redirected = response(StatusCode::TEMPORARY_REDIRECT, "text/plain", String::new());
    if let Ok(to) = to.parse() {
        redirected.headers_mut().insert(header::LOCATION, to);
    }
    redirected
}

async fn half(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let start: Bytes = body.slice(..body.len() / 2);
    let broken = std::io::Error::other("the fault that was asked for");
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(start), Err(broken)]).boxed()))
}
