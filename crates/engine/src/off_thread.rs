//! Where the engine blocks: storage, files and the keychain. Nothing else does so on an async thread.

use std::sync::Arc;

use library::Library;

use crate::Engine;
use crate::api::ApiError;

/// Does work that blocks, off the async threads.
pub(crate) async fn off_thread<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, ApiError>
where
    T: Send + 'static,
    E: Into<ApiError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(ApiError::fault()),
    }
}

impl Engine {
    /// Reads or writes the library.
    pub(crate) async fn with_library<T, E>(
        &self,
        work: impl FnOnce(&Library) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let library = Arc::clone(&self.library);
        off_thread(move || work(&library)).await
    }
}
