//! A response as it arrives, piece by piece, under the profile's timeouts.

use bytes::{Bytes, BytesMut};
use futures::stream::{self, Stream};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};

use crate::exchange::Exchange;
use crate::ledger::{Ledger, Sent};
use crate::usage::Counted;
use crate::{Call, Error, ErrorKind, TimeoutPhase, Timeouts, Violation, connection};

/// Far above any answer: 2,048 vectors of 4,096 dimensions are about 100 MB of JSON.
pub(crate) const LARGEST_ANSWER: usize = 256 * 1024 * 1024;
/// What is read of an error's body.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// A response with a status of success, whose body is still to come. Dropping it ends the request.
pub(crate) struct Response {
    inner: reqwest::Response,
    exchange: Exchange,
    timeouts: Timeouts,
    deadline: Instant,
    received: usize,
    most: usize,
    _slot: Option<OwnedSemaphorePermit>,
}

/// What a response has to know of its request.
pub(crate) struct Context {
    pub(crate) call: Call,
    /// What it sends, and where that is noted.
    pub(crate) sent: Sent,
    pub(crate) ledger: Ledger,
    pub(crate) key: Option<SecretString>,
    pub(crate) timeouts: Timeouts,
    /// How long the body may be, in bytes.
    pub(crate) most: usize,
    /// Held until the response is dropped.
    pub(crate) slot: Option<OwnedSemaphorePermit>,
}

impl Response {
    /// Notes a request, sends it and waits for the head of its response. No request is sent in another way.
    ///
    /// # Errors
    /// No connection, no response in time, or a status other than success.
    pub(crate) async fn begin(request: reqwest::RequestBuilder, context: Context) -> Result<Self, Error> {
        let Context { call, sent, ledger, key, timeouts, most, slot } = context;
        let entry = ledger.begin(sent).await;
        let failed = |kind| {
            entry.failed(kind);
            Error::new(kind, &call)
        };
        let deadline = Instant::now() + timeouts.whole;
        let inner = match timeout(timeouts.first_byte.min(timeouts.whole), request.send()).await {
            Err(_) => return Err(failed(ErrorKind::TimedOut(TimeoutPhase::FirstByte))),
            Ok(Err(error)) => return Err(failed(connection::kind_of(&error))),
            Ok(Ok(response)) => response,
        };
        let status = inner.status();
        let exchange = Exchange { call, key, status: status.as_u16(), entry };
        let mut response = Self { inner, exchange, timeouts, deadline, received: 0, most, _slot: slot };
        if status.is_success() {
            return Ok(response);
        }
        // What the error says is worth having, but not worth another error.
        let body = response.read_to_end(LARGEST_REFUSAL).await.unwrap_or_default();
        Err(response.exchange.refused(&body, response.inner.headers()))
    }

    pub(crate) fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The next piece of the body; none at its end.
    pub(crate) async fn next_piece(&mut self) -> Result<Option<Bytes>, Error> {
        let (patience, phase) = if self.received == 0 {
            (self.timeouts.first_byte, TimeoutPhase::FirstByte)
        } else {
            (self.timeouts.idle, TimeoutPhase::Idle)
        };
        let left = self.deadline.saturating_duration_since(Instant::now());
        let (patience, phase) = if left < patience { (left, TimeoutPhase::Whole) } else { (patience, phase) };
        let piece = match timeout(patience, self.inner.chunk()).await {
            Err(_) => return Err(self.exchange.error(ErrorKind::TimedOut(phase))),
            Ok(Err(_)) => return Err(self.exchange.error(ErrorKind::BrokenOff)),
            Ok(Ok(piece)) => piece,
        };
        self.received += piece.as_ref().map_or(0, Bytes::len);
        if self.received > self.most {
            return Err(self.exchange.error(ErrorKind::Protocol(Violation::TooLarge)));
        }
        Ok(piece)
    }

    /// The rest of the body, piece by piece.
    pub(crate) fn into_pieces(self) -> impl Stream<Item = Result<Bytes, Error>> + Send + 'static {
        stream::try_unfold(self, |mut response| async move {
            let piece = response.next_piece().await?;
            if piece.is_none() {
                response.exchange.entry.answered();
            }
            Ok(piece.map(|piece| (piece, response)))
        })
    }

    /// The whole body as JSON of a known shape.
    pub(crate) async fn json<T: DeserializeOwned + Counted>(mut self) -> Result<T, Error> {
        let body = self.read_to_end(self.most).await?;
        let answer: T = self.exchange.parse(&body)?;
        self.exchange.entry.answered();
        self.exchange.entry.took(answer.usage());
        Ok(answer)
    }

    async fn read_to_end(&mut self, most: usize) -> Result<BytesMut, Error> {
        let mut body = BytesMut::new();
        while body.len() < most
            && let Some(piece) = self.next_piece().await?
        {
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}
