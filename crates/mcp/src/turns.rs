//! How much is asked at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many questions and searches are under way at once; the models of one computer are busy with fewer.
const AT_ONCE: usize = 4;

/// Shared by all ways in which other programs ask one library.
#[derive(Clone)]
pub struct Turns(Arc<Semaphore>);

impl Turns {
    /// What whoever finds no turn is told.
    pub const NONE: &str = "Footnote is answering as many calls as it can. Try again in a moment.";

    /// A turn that lasts until it is dropped; none while as many as can be are taken.
    #[must_use]
    pub fn take(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).try_acquire_owned().ok()
    }
}

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}
