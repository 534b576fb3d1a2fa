//! Models that run in this process.

mod embedder;
mod reranker;
mod verifier;

pub use embedder::LocalEmbedder;
pub(crate) use embedder::SHIPPED;
pub use reranker::LocalReranker;
pub use verifier::LocalVerifier;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use inference::InferenceError;

use crate::ModelError;

/// Runs a model off the async threads. When nobody waits for the result any more, `work` is told so.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce(&dyn Fn() -> bool) -> Result<T, InferenceError> + Send + 'static,
) -> Result<T, ModelError> {
    let cancel = CancelWhenDropped(Arc::default());
    let cancelled = Arc::clone(&cancel.0);
    let result = tokio::task::spawn_blocking(move || work(&|| cancelled.load(Relaxed))).await;
    Ok(result.map_err(|_| ModelError::Crashed)??)
}

struct CancelWhenDropped(Arc<AtomicBool>);

impl Drop for CancelWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}
