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
    let sample = app.path().resolve("sample", BaseDirectory::Resource).map_err(|error| ApiError {
        code: ErrorCode::Library,
        message: format!(
            "The sample that comes with Footnote was not found ({error}). Install Footnote again."
        ),
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
