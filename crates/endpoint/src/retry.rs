//! Asking again, where nothing was received and asking is safe.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use crate::profile::Retry;
use crate::{Error, ErrorKind, Operation};

/// The longest single wait. A server that asks for a longer one gets its error reported instead.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

pub(crate) async fn with_retries<T, F, Fut>(policy: Retry, operation: Operation, call: F) -> Result<T, Error>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, Error>>,
{
    let backoff = ExponentialBuilder::default()
        .with_min_delay(policy.first_delay)
        .with_max_delay(Duration::from_secs(20))
        .with_max_times(policy.times)
        .with_jitter();
    call.retry(backoff)
        .when(|error| may_repeat(error.kind(), operation))
        .adjust(|error, planned| planned.map(|planned| asked_wait(error.kind()).unwrap_or(planned)))
        .notify(|error, wait| tracing::info!(kind = ?error.kind(), ?wait, "the endpoint is asked again"))
        .await
}

fn may_repeat(kind: ErrorKind, operation: Operation) -> bool {
    match kind {
        // Refused before any work was done.
        ErrorKind::RateLimited { .. } => asked_wait(kind).is_none_or(|wait| wait <= LONGEST_WAIT),
        ErrorKind::Unavailable | ErrorKind::Unreachable => true,
        // Work may have been done, and paid for.
        ErrorKind::ServerFailed | ErrorKind::BrokenOff => operation.is_repeatable(),
        _ => false,
    }
}

fn asked_wait(kind: ErrorKind) -> Option<Duration> {
    match kind {
        ErrorKind::RateLimited { retry_after } => retry_after,
        _ => None,
    }
}
