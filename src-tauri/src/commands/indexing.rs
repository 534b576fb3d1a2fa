use std::env;
use std::path::PathBuf;

use engine::api::{AddRequest, ApiError, ErrorCode, IndexEvent};
use tauri::ipc::Channel;
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager, State};

use super::forward;
use crate::state::AppState;

#[tauri::command]
pub async fn add(
    state: State<'_, AppState>,
    request: AddRequest,
    on_event: Channel<IndexEvent>,
) -> Result<(), ApiError> {
    state.engine().await?.add(request, forward(on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn add_sample(
    app: AppHandle,
    state: State<'_, AppState>,
    on_event: Channel<IndexEvent>,
) -> Result<(), ApiError> {
    let sample = sample(&app).ok_or_else(|| ApiError {
        code: ErrorCode::Library,
        message: "The sample that comes with Footnote was not found. Install Footnote again.".to_owned(),
    })?;
    state.engine().await?.add(AddRequest { paths: vec![sample] }, forward(on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn sync(state: State<'_, AppState>, on_event: Channel<IndexEvent>) -> Result<(), ApiError> {
    state.engine().await?.sync(forward(on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn cancel_indexing(state: State<'_, AppState>) -> Result<(), ApiError> {
    state.engine().await?.cancel_indexing();
    Ok(())
}

/// Among the resources of an installed app, or beside a binary that was just built: Tauri finds it there only where
/// the folder is called `target`.
fn sample(app: &AppHandle) -> Option<PathBuf> {
    let installed = app.path().resolve("sample", BaseDirectory::Resource).ok();
    let built = env::current_exe().ok().map(|program| program.with_file_name("sample"));
    [installed, built].into_iter().flatten().find(|folder| folder.is_dir())
}
