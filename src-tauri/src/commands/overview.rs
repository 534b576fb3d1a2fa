use engine::Engine;
use engine::api::{ApiError, DocumentSummary, LibraryStatus};
use tauri::State;

use crate::state::AppState;

#[tauri::command]
pub async fn status(state: State<'_, AppState>) -> Result<LibraryStatus, ApiError> {
    state.storage(Engine::status).await
}

#[tauri::command]
pub async fn documents(state: State<'_, AppState>) -> Result<Vec<DocumentSummary>, ApiError> {
    state.storage(Engine::documents).await
}
