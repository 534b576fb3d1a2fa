//! Commands that stream: one JSON event a line.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use engine::api::ApiError;
use futures::channel::mpsc::{Sender, channel};
use futures::{StreamExt as _, stream};

use super::failure;

/// How many events wait for a reader. One that is further behind has stopped reading and is left.
const WAITING: usize = 4_096;

/// Starts a command and streams what it sends. It goes on to its end where the reader leaves, as in the window.
/// A command that fails before its first event replies with its failure.
pub async fn stream<Work>(start: impl FnOnce(Box<dyn Fn(String) + Send + Sync>) -> Work) -> Response
where
    Work: Future<Output = Result<(), ApiError>> + Send + 'static,
{
    let (sender, mut events) = channel(WAITING);
    let reader = Mutex::new(Some(sender));
    let work = tokio::spawn(start(Box::new(move |event| send(&reader, event))));
    let Some(first) = events.next().await else {
        return match work.await {
            Ok(Err(error)) => failure(error),
            Ok(Ok(())) => ().into_response(),
            Err(_) => failure(ApiError::fault()),
        };
    };
    let lines = stream::once(async { first }).chain(events).map(|event| Ok::<_, Infallible>(event + "\n"));
    Body::from_stream(lines).into_response()
}

fn send(reader: &Mutex<Option<Sender<String>>>, event: String) {
    let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
    if reader.as_mut().is_some_and(|reader| reader.try_send(event).is_err()) {
        *reader = None;
    }
}
