use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Lets jobs rest and go on. What is under way when it is set goes to its end: a file that is being read, the batches
/// that the embedding model has.
#[derive(Debug, Default)]
pub struct Pause(watch::Sender<bool>);

impl Pause {
    /// Begins or ends it.
    pub fn set(&self, paused: bool) {
        self.0.send_replace(paused);
    }

    /// Whether jobs rest.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when work may go on, or has been cancelled.
    pub async fn over(&self, cancel: &CancellationToken) {
        let mut paused = self.0.subscribe();
        tokio::select! {
            // The sender is `self`, so that it cannot be gone.
            _ = paused.wait_for(|paused| !paused) => {}
            () = cancel.cancelled() => {}
        }
    }
}
