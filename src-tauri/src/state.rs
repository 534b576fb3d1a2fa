use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use engine::api::{ApiError, SystemError};
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
        self.engine.get_or_try_init(open).await.cloned()
    }
}

/// The library that was named for this start.
pub fn library_override() -> Option<PathBuf> {
    env::var_os("FOOTNOTE_LIBRARY").filter(|directory| !directory.is_empty()).map(PathBuf::from)
}

pub fn library_directory() -> Result<PathBuf, ApiError> {
    library_override().map_or_else(default_library_directory, Ok)
}

fn options() -> Result<EngineOptions, ApiError> {
    let worker = WorkerCommand::current_executable();
    let worker = worker.map_err(|error| SystemError::ProgramUnknown { detail: error.to_string() })?;
    Ok(EngineOptions {
        directory: library_directory()?,
        team: None,
        overrides: Overrides::from_environment(),
        keychain: Some(Arc::new(SystemKeychain)),
        worker,
    })
}

async fn open() -> Result<Arc<Engine>, ApiError> {
    let opened = spawn_blocking(|| Engine::open(options()?)).await;
    opened.unwrap_or_else(|_| Err(ApiError::fault())).map(Arc::new)
}
