//! Events as bytes, one after the other, with what can go wrong on the way.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::Response;
use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

use super::answer::response;
use super::{Fault, Framing, Shared};

/// The events of a stream, without usage and `[DONE]`.
pub(super) struct Events {
    pub(super) body: Vec<Value>,
    pub(super) finish: Finish,
}

/// The event that tells why the model stopped.
pub(super) struct Finish(pub(super) Value);

/// What happens after the events.
enum Ending {
    /// The stream ends.
    End,
    /// The connection breaks.
    Break,
    /// Nothing, ever.
    Stall,
}

impl Events {
    /// Usage stands in an event of its own where it was asked for, and in the finishing one where not.
    pub(super) fn respond(
        self,
        shared: &Arc<Shared>,
        fault: Option<&Fault>,
        request: &Value,
        usage: &Value,
    ) -> Response {
        let Self { body: mut events, finish: Finish(mut finish) } = self;
        let own_event = request["stream_options"]["include_usage"] == true;
        if !own_event && fault != Some(&Fault::NoUsage) {
            finish["usage"] = usage.clone();
        }
        let mut last = finish.clone();
        events.push(finish);
        if own_event && fault != Some(&Fault::NoUsage) {
            last["choices"] = json!([]);
            last["usage"] = usage.clone();
            events.push(last);
        }
        let mut lines: Vec<String> = events.iter().map(Value::to_string).collect();
        if fault != Some(&Fault::NoDone) {
            lines.push("[DONE]".to_owned());
        }
        let ending = shape(&mut lines, fault);
        let framing = match fault {
            Some(Fault::Framing(framing)) => Some(*framing),
            _ => None,
        };
        send(shared, lines, framing, ending)
    }
}

fn shape(lines: &mut Vec<String>, fault: Option<&Fault>) -> Ending {
    match fault {
        Some(Fault::CloseAfter(events)) => {
            lines.truncate(*events);
            Ending::Break
        }
        Some(Fault::StallAfter(events)) => {
            lines.truncate(*events);
            Ending::Stall
        }
        Some(Fault::EndAfter(events)) => {
            lines.truncate(*events);
            Ending::End
        }
        Some(Fault::ErrorAfter(events, error)) => {
            lines.truncate(*events);
            lines.extend([error.to_string(), "[DONE]".to_owned()]);
            Ending::End
        }
        _ => Ending::End,
    }
}

fn send(shared: &Arc<Shared>, lines: Vec<String>, framing: Option<Framing>, ending: Ending) -> Response {
    let pieces = lines.into_iter().flat_map(move |line| frame(&line, framing));
    let delay = shared.options.token_delay;
    let watch = Watch { shared: Arc::clone(shared), over: matches!(ending, Ending::Break) };
    let paced = stream::iter(pieces).then(move |piece| async move {
        // Even without a delay each event is a write of its own.
        if delay.is_zero() {
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(delay).await;
        }
        Ok(Bytes::from(piece))
    });
    let ending = stream::once(async move {
        match ending {
            Ending::End => None,
            Ending::Break => {
                // Time for the events to leave before the connection does.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                Some(Err(io::Error::other("the fault that was asked for")))
            }
            Ending::Stall => std::future::pending::<Option<Result<Bytes, io::Error>>>().await,
        }
    })
    .filter_map(std::future::ready);
    let body = paced.chain(ending).chain(stream::once(end_of(watch)).filter_map(std::future::ready));
    let content_type = if framing == Some(Framing::PlainText) { "text/plain" } else { "text/event-stream" };
    response(StatusCode::OK, content_type, Body::from_stream(body))
}

fn frame(line: &str, framing: Option<Framing>) -> Vec<Vec<u8>> {
    match framing {
        Some(Framing::CrLf) => vec![format!("data: {line}\r\n\r\n").into_bytes()],
        Some(Framing::Cr) => vec![format!("data: {line}\r\r").into_bytes()],
        Some(Framing::NoSpace) => vec![format!("data:{line}\n\n").into_bytes()],
        Some(Framing::Comments) => vec![format!(": keep-alive\n\n:\n\ndata: {line}\n\n").into_bytes()],
        Some(Framing::SingleBytes) => format!("data: {line}\n\n").bytes().map(|byte| vec![byte]).collect(),
        Some(Framing::PlainText) | None => vec![format!("data: {line}\n\n").into_bytes()],
    }
}

/// Lives as long as a stream is being sent.
struct Watch {
    shared: Arc<Shared>,
    over: bool,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.over {
            self.shared.record.add_disconnect();
        }
    }
}

async fn end_of(mut watch: Watch) -> Option<Result<Bytes, io::Error>> {
    watch.over = true;
    None
}
