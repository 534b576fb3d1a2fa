use std::fs;

use engine::api::{
    ApiError, ConversationSummary, ConversationView, ConversationsRequest, ErrorCode, ExportRequest,
    RenameRequest,
};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::state::AppState;

#[tauri::command]
pub async fn conversations(
    state: State<'_, AppState>,
    request: ConversationsRequest,
) -> Result<Vec<ConversationSummary>, ApiError> {
    state.storage(move |engine| engine.conversations(&request)).await
}

#[tauri::command]
pub async fn conversation(state: State<'_, AppState>, id: i64) -> Result<ConversationView, ApiError> {
    state.storage(move |engine| engine.conversation(id)).await
}

#[tauri::command]
pub async fn rename_conversation(state: State<'_, AppState>, request: RenameRequest) -> Result<(), ApiError> {
    state.storage(move |engine| engine.rename_conversation(&request)).await
}

#[tauri::command]
pub async fn delete_conversation(state: State<'_, AppState>, id: i64) -> Result<(), ApiError> {
    state.storage(move |engine| engine.delete_conversation(id)).await
}

/// Writes a conversation to a file that the person chooses in the system's own dialog: the window names no path.
#[tauri::command]
pub async fn save_conversation(
    app: AppHandle,
    state: State<'_, AppState>,
    request: ExportRequest,
) -> Result<(), ApiError> {
    state
        .storage(move |engine| {
            let export = engine.export_conversation(&request)?;
            let chosen = app.dialog().file().set_file_name(export.file_name).blocking_save_file();
            let Some(path) = chosen.and_then(|path| path.into_path().ok()) else { return Ok(()) };
            fs::write(&path, export.text).map_err(|error| ApiError {
                code: ErrorCode::Request,
                message: format!("{} could not be written: {error}. Choose another place.", path.display()),
            })
        })
        .await
}
