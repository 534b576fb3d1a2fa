//! `POST /v1/chat/completions`: questions.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use engine::Engine;
use engine::api::{AnswerEvent, ApiError, AskRequest, Place, Said};
use futures::channel::mpsc::unbounded;
use futures::{FutureExt as _, Stream, StreamExt as _, stream};
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;

use super::Server;
use super::chunks::Completion;
use super::error::ApiFault;
use super::messages::{Message, question};
use super::models::MODEL;

/// What is understood of a call. Temperatures and the like are the settings' of Footnote.
#[derive(Deserialize)]
pub(super) struct Chat {
    model: String,
    messages: Vec<Message>,
    #[serde(default)]
    stream: bool,
    stream_options: Option<StreamOptions>,
    n: Option<u32>,
    /// Where to look.
    #[serde(default)]
    footnote: Place,
}

#[derive(Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

pub(super) async fn complete(
    State(server): State<Server>,
    chat: Result<Json<Chat>, JsonRejection>,
) -> Result<Response, ApiFault> {
    let Json(chat) = chat?;
    if chat.model != MODEL {
        return Err(ApiFault::unknown_model(&chat.model));
    }
    if chat.n.is_some_and(|n| n != 1) {
        return Err(ApiFault::request("There is one answer to a question: leave n out."));
    }
    let (question, before) = question(chat.messages)?;
    let request = AskRequest {
        question,
        conversation: None,
        standalone: None,
        chat_model: None,
        id: None,
        place: chat.footnote,
    };
    let turn = server.turns.take().ok_or_else(ApiFault::busy)?;
    let events = events(server.engine, request, before, turn);
    let with_usage = chat.stream_options.is_some_and(|options| options.include_usage);
    let completion = Completion::new(with_usage);
    if chat.stream { streamed(events, completion).await } else { whole(events, &completion).await }
}

async fn whole(
    events: impl Stream<Item = AnswerEvent>,
    completion: &Completion,
) -> Result<Response, ApiFault> {
    let last = events.fold(None, |_, event| ready(Some(event))).await;
    match last {
        Some(AnswerEvent::Done { answer }) => match answer.error {
            Some(error) => Err(error.into()),
            None => Ok(Json(completion.whole(&answer)).into_response()),
        },
        Some(AnswerEvent::Error { error }) => Err(error.into()),
        _ => Err(ApiError::fault().into()),
    }
}

/// A question that fails at once fails with a status.
async fn streamed(
    events: impl Stream<Item = AnswerEvent> + Send + 'static,
    mut completion: Completion,
) -> Result<Response, ApiFault> {
    let mut events = Box::pin(events);
    let first = match events.next().await {
        Some(AnswerEvent::Error { error }) => return Err(error.into()),
        first => first,
    };
    let chunks = stream::iter(first).chain(events).flat_map(move |event| {
        let chunks = completion.chunks(&event).into_iter();
        stream::iter(chunks.map(|chunk| Event::default().data(chunk.to_string())))
    });
    let done = stream::once(ready(Event::default().data("[DONE]")));
    let all = chunks.chain(done).map(Ok::<_, Infallible>);
    Ok(Sse::new(all).keep_alive(KeepAlive::default()).into_response())
}

/// The events of an answer. It goes on as long as they are read, and ends when they are dropped.
fn events(
    engine: Arc<Engine>,
    request: AskRequest,
    before: Vec<Said>,
    turn: OwnedSemaphorePermit,
) -> impl Stream<Item = AnswerEvent> + Send {
    let (sender, receiver) = unbounded();
    let asking = async move {
        let _turn = turn;
        // Nobody reads on where the receiver is gone, and this future is, too.
        engine.ask_unkept(request, before, |event| drop(sender.unbounded_send(event))).await;
    };
    let asking = asking.into_stream().filter_map(|()| ready(None));
    stream::select(receiver, asking)
}
