//! What can be stopped: each request by itself.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// The requests under way that can be stopped, by the names that their shells gave them.
#[derive(Default)]
pub(crate) struct Requests(Mutex<HashMap<String, CancellationToken>>);

impl Requests {
    /// For a request that begins now; one without a name cannot be stopped but by dropping it.
    pub(crate) fn begin(&self, name: Option<String>) -> Request<'_> {
        let token = CancellationToken::new();
        if let Some(name) = &name {
            self.under_way().insert(name.clone(), token.clone());
        }
        Request { requests: self, name, token }
    }

    /// Stops the request of this name, if it is under way.
    pub(crate) fn stop(&self, name: &str) {
        if let Some(token) = self.under_way().get(name) {
            token.cancel();
        }
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request under way. Dropping it stops what is left of it.
pub(crate) struct Request<'a> {
    requests: &'a Requests,
    name: Option<String>,
    token: CancellationToken,
}

impl Request<'_> {
    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.token.cancel();
        if let Some(name) = &self.name {
            self.requests.under_way().remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_ends_the_request_of_its_name_alone() {
        let requests = Requests::default();
        let (one, other) = (requests.begin(Some("one".to_owned())), requests.begin(Some("other".to_owned())));
        let unnamed = requests.begin(None);
        requests.stop("one");
        requests.stop("gone");
        let stopped = [&one, &other, &unnamed].map(|request| request.token().is_cancelled());
        assert_eq!(stopped, [true, false, false]);
        let token = other.token();
        drop(other);
        assert!(token.is_cancelled(), "what was dropped leaves nothing running");
        assert_eq!(requests.under_way().len(), 1);
    }
}
