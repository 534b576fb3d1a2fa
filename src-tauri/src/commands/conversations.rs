use engine::api::{
    ApiError, ConversationSummary, ConversationView, ConversationsRequest, Export, ExportRequest,
    RenameRequest,
};
use tauri::State;

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

#[tauri::command]
pub async fn export_conversation(
    state: State<'_, AppState>,
    request: ExportRequest,
) -> Result<Export, ApiError> {
    state.storage(move |engine| engine.export_conversation(&request)).await
}
