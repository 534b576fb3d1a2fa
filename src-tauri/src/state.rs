use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use engine::api::{ApiError, ErrorCode};
use engine::{Engine, EngineOptions, Overrides, SystemKeychain, WorkerCommand, default_library_directory};
use tauri::async_runtime::spawn_blocking;
use tokio::sync::OnceCell;

/// What the commands share.
#[derive(Default)]
pub struct AppState {
    engine: OnceCell<Arc<Engine>>,
}

impl AppState {
    /// The engine, opened by whoever asks first. After a failure the next caller tries again.
    pub async fn engine(&self) -> Result<Arc<Engine>, ApiError> {
        self.engine.get_or_try_init(|| blocking(|| Engine::open(options()?).map(Arc::new))).await.cloned()
    }

    /// Runs the engine's storage calls, which block, off the threads that serve the window.
    pub async fn storage<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Engine) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let engine = self.engine().await?;
        blocking(move || call(&engine)).await
    }
}

/// The library that was named for this start.
pub fn library_override() -> Option<PathBuf> {
    env::var_os("FOOTNOTE_LIBRARY").filter(|directory| !directory.is_empty()).map(PathBuf::from)
}

fn options() -> Result<EngineOptions, ApiError> {
    let worker = WorkerCommand::current_executable().map_err(|error| ApiError {
        code: ErrorCode::Library,
        message: format!("The system does not tell where Footnote's program is: {error}."),
    })?;
    Ok(EngineOptions {
        directory: library_override().map_or_else(default_library_directory, Ok)?,
        overrides: Overrides::from_environment(),
        keychain: Some(Arc::new(SystemKeychain)),
        worker,
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    spawn_blocking(work).await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "a call of the engine panicked");
        Err(ApiError {
            code: ErrorCode::Library,
            message: "Footnote hit a fault of its own. Close the window and open it again.".into(),
        })
    })
}
