//! Where the engine blocks: storage, files and the keychain. Nothing else does so on an async thread.

use std::sync::Arc;

use libraries::Library;
use tokio::sync::mpsc::{Sender, channel};

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

/// So much of what work tells waits for a shell, before the work does.
const WAITING: usize = 16;

/// The same for work that tells of itself. All it has told reaches `on_event` before this returns.
pub(crate) async fn off_thread_telling<Event, T, E>(
    work: impl FnOnce(Sender<Event>) -> Result<T, E> + Send + 'static,
    on_event: impl Fn(Event) + Send + Sync,
) -> Result<T, ApiError>
where
    Event: Send + 'static,
    T: Send + 'static,
    E: Into<ApiError> + Send + 'static,
{
    let (events, mut coming) = channel(WAITING);
    let telling = async {
        while let Some(event) = coming.recv().await {
            on_event(event);
        }
    };
    tokio::join!(off_thread(move || work(events)), telling).0
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
