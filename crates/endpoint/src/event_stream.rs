//! Server-sent events, and what servers send in their place, as typed chunks.

use bytes::Bytes;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sse_stream::{Sse, SseByteStream};

use crate::exchange::{Exchange, is_web_page};
use crate::refusal::Refusal;
use crate::response::Response;
use crate::surrogates::Surrogates;
use crate::usage::Counted;
use crate::{Error, ErrorKind, Violation};

/// A piece of a streamed answer.
pub(crate) trait Chunk: Counted + DeserializeOwned + Send + 'static {
    /// Whether it belongs to an answer, be it by saying that there is none.
    fn is_part_of_an_answer(&self) -> bool;
    /// Whether it ends the answer.
    fn finishes(&self) -> bool;
    /// Whether it is an error in place of an answer.
    fn is_failure(&self) -> bool;
}

/// The chunks of a streamed answer. The stream ends without an error only if the answer is whole.
///
/// The body tells what it is by its first character: servers were seen to send events as `text/plain` or with
/// no type at all, and one JSON body although a stream was asked for, which makes a stream of one chunk.
pub(crate) async fn chunks<T: Chunk>(
    mut response: Response,
) -> Result<BoxStream<'static, Result<T, Error>>, Error> {
    let mut start = Vec::new();
    while start.trim_ascii().is_empty() {
        match response.next_piece().await? {
            Some(piece) => start.extend_from_slice(&piece),
            None => return Err(response.exchange().error(ErrorKind::EmptyAnswer)),
        }
    }
    match start.trim_ascii_start().first() {
        Some(b'{' | b'[') => whole_body(response, start).await,
        _ if is_web_page(&start) => Err(response.exchange().error(ErrorKind::Protocol(Violation::WebPage))),
        _ => {
            let exchange = response.exchange().clone();
            let body = stream::iter([Ok(Bytes::from(start))]).chain(response.into_pieces());
            Ok(events(body, exchange).boxed())
        }
    }
}

/// A body without events: one answer, or a piece of it on each line.
async fn whole_body<T: Chunk>(
    mut response: Response,
    mut body: Vec<u8>,
) -> Result<BoxStream<'static, Result<T, Error>>, Error> {
    while let Some(piece) = response.next_piece().await? {
        body.extend_from_slice(&piece);
    }
    let exchange = response.exchange();
    let chunks = match decode(&body, exchange) {
        Ok(chunk) => vec![chunk],
        Err(error) => {
            let lines = body.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            let lines: Option<Vec<_>> = lines.map(|line| decode(line, exchange).ok()).collect();
            lines.filter(|lines| lines.len() > 1).ok_or(error)?
        }
    };
    let chunks: Vec<T> = chunks.into_iter().flatten().collect();
    if !chunks.iter().any(Chunk::is_part_of_an_answer) {
        return Err(exchange.explain(&body));
    }
    exchange.entry.answered();
    chunks.iter().for_each(|chunk| exchange.entry.took(chunk.usage()));
    Ok(stream::iter(chunks.into_iter().map(Ok)).boxed())
}

/// The chunks in the bytes of an event stream.
pub(crate) fn events<T: Chunk>(
    body: impl Stream<Item = Result<Bytes, Error>> + Send + 'static,
    exchange: Exchange,
) -> impl Stream<Item = Result<T, Error>> + Send + 'static {
    // Not every server ends its last event with an empty line; after a whole event it says nothing.
    let body = body.chain(stream::iter([Ok(Bytes::from_static(b"\n\n"))]));
    let reader = Reader {
        events: SseByteStream::new(body.boxed()),
        exchange,
        surrogates: Surrogates::default(),
        begun: false,
        finished: false,
    };
    stream::try_unfold(
        reader,
        |mut reader| async move { Ok(reader.next().await?.map(|chunk| (chunk, reader))) },
    )
}

struct Reader<S: futures::TryStream> {
    events: SseByteStream<S>,
    exchange: Exchange,
    surrogates: Surrogates,
    /// Whether anything of an answer came.
    begun: bool,
    /// Whether the answer is whole: what goes wrong after that does not matter.
    finished: bool,
}

impl<S> Reader<S>
where
    S: futures::TryStream<Ok = Bytes, Error = Error> + Unpin,
{
    async fn next<T: Chunk>(&mut self) -> Result<Option<T>, Error> {
        loop {
            let (name, data) = match self.next_event().await {
                Ok(None) | Err(_) if self.finished => {
                    // Whatever broke off, the answer is whole.
                    self.exchange.entry.answered();
                    return Ok(None);
                }
                Ok(None) => return Err(self.exchange.error(ErrorKind::BrokenOff)),
                Ok(Some(event)) => event,
                Err(error) => return Err(error),
            };
            if name.is_some_and(|name| name == "error") {
                return Err(self.exchange.refused_inside(Refusal::from_body(data.as_bytes())));
            }
            if data.trim_matches('"').eq_ignore_ascii_case("[DONE]") {
                if !self.begun {
                    return Err(self.exchange.error(ErrorKind::EmptyAnswer));
                }
                self.exchange.entry.answered();
                return Ok(None);
            }
            if let Some(chunk) = self.chunk::<T>(data.as_bytes()).await? {
                self.begun |= chunk.is_part_of_an_answer();
                self.finished |= chunk.finishes();
                self.exchange.entry.took(chunk.usage());
                if self.finished {
                    self.exchange.entry.answered();
                }
                return Ok(Some(chunk));
            }
        }
    }

    async fn chunk<T: Chunk>(&mut self, data: &[u8]) -> Result<Option<T>, Error> {
        match decode(data, &self.exchange) {
            // Half an event at the very end is a connection that broke, not a server that talks nonsense.
            Err(error)
                if matches!(error.kind(), ErrorKind::Protocol(_)) && self.next_event().await?.is_none() =>
            {
                Err(self.exchange.error(ErrorKind::BrokenOff))
            }
            chunk => chunk,
        }
    }

    /// Name and data of the next event that has data.
    async fn next_event(&mut self) -> Result<Option<(Option<String>, String)>, Error> {
        while let Some(event) = self.events.next().await {
            match event {
                Ok(Sse { event, data: Some(data), .. }) if !data.trim().is_empty() => {
                    return Ok(Some((event, self.surrogates.mend(data.trim().to_owned()))));
                }
                Ok(_) => {}
                Err(sse_stream::Error::Body(error)) => {
                    let broken_off = || self.exchange.error(ErrorKind::BrokenOff);
                    return Err(error.downcast().map_or_else(|_| broken_off(), |error| *error));
                }
                Err(_) => return Err(self.exchange.error(ErrorKind::Protocol(Violation::NotJson))),
            }
        }
        Ok(None)
    }
}

/// None where the data is JSON, but no object: servers send such things to keep a connection open.
fn decode<T: Chunk>(data: &[u8], exchange: &Exchange) -> Result<Option<T>, Error> {
    let value: Value = exchange.parse(data)?;
    if !value.is_object() {
        return Ok(None);
    }
    let refusal = Refusal::inside(&value);
    match T::deserialize(value) {
        Ok(chunk) if refusal.is_none() && !chunk.is_failure() => Ok(Some(chunk)),
        Ok(_) => Err(exchange.refused_inside(refusal.unwrap_or_default())),
        Err(_) => Err(exchange.explain(data)),
    }
}

#[cfg(test)]
mod tests;
