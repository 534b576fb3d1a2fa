//! Long commands: one JSON event a line.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use serde::Serialize;

/// Takes a command's events. A reader that is gone needs none of them.
pub struct Events<Event>(UnboundedSender<Event>);

impl<Event> Events<Event> {
    pub fn send(&self, event: Event) {
        drop(self.0.unbounded_send(event));
    }
}

/// Starts a command and streams what it sends. It goes on to its end where the reader leaves, as in the window.
pub fn stream<Event, Work>(start: impl FnOnce(Events<Event>) -> Work) -> Response
where
    Event: Serialize + Send + 'static,
    Work: Future<Output = ()> + Send + 'static,
{
    let (sender, events) = unbounded();
    tokio::spawn(start(Events(sender)));
    let lines = events.map(|event| {
        let mut line = serde_json::to_vec(&event)?;
        line.push(b'\n');
        Ok::<_, serde_json::Error>(line)
    });
    Body::from_stream(lines).into_response()
}
