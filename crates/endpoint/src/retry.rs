//! Asking again, where nothing was received and asking is safe.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use crate::profile::Retry;
use crate::{Error, ErrorKind, Operation};

/// The longest single wait. A server that asks for a longer one gets its error reported instead.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why calls that are made again failed before, while that goes on.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<Option<Error>>);

impl Waiting {
    pub(crate) fn get(&self) -> Option<Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, error: Option<Error>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }
}

/// Which failures are worth another call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Those that may pass and cost nothing to repeat.
    Passing,
    /// Only those that came before any work was done.
    Unworked,
}

impl From<Operation> for Repeat {
    fn from(operation: Operation) -> Self {
        if operation.is_repeatable() { Self::Passing } else { Self::Unworked }
    }
}

pub(crate) async fn with_retries<T, F, Fut>(
    policy: Retry,
    repeat: Repeat,
    waiting: &Waiting,
    call: F,
) -> Result<T, Error>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Error>>,
{
    let backoff = ExponentialBuilder::default()
        .with_min_delay(policy.first_delay)
        .with_max_delay(Duration::from_secs(20))
        .with_max_times(policy.times)
        .with_jitter();
    let result = call
        .retry(backoff)
        .when(|error| may_repeat(error.kind(), repeat))
        .adjust(|error, planned| planned.map(|planned| asked_wait(error.kind()).unwrap_or(planned)))
        .notify(|error, wait| {
            tracing::info!(kind = ?error.kind(), ?wait, "the endpoint is asked again");
            waiting.set(Some(error.clone()));
        })
        .await;
    waiting.set(None);
    result
}

fn may_repeat(kind: ErrorKind, repeat: Repeat) -> bool {
    match kind {
        // Refused before any work was done.
        ErrorKind::RateLimited { .. } => asked_wait(kind).is_none_or(|wait| wait <= LONGEST_WAIT),
        ErrorKind::Unavailable | ErrorKind::Unreachable => true,
        // Work may have been done, and paid for.
        ErrorKind::ServerFailed | ErrorKind::BrokenOff => repeat == Repeat::Passing,
        _ => false,
    }
}

fn asked_wait(kind: ErrorKind) -> Option<Duration> {
    match kind {
        ErrorKind::RateLimited { retry_after } => retry_after,
        _ => None,
    }
}
