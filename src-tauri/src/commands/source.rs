use std::fs;

use engine::api::{ApiError, ErrorCode, PageRequest, PageView};
use opener::OpenError;
use tauri::State;

use crate::state::AppState;

#[tauri::command]
pub async fn page(state: State<'_, AppState>, request: PageRequest) -> Result<PageView, ApiError> {
    state.storage(move |engine| engine.page(&request)).await
}

/// Opens a document in its own program. The window names it by its id, so that nothing but documents of the
/// library can be opened.
#[tauri::command]
pub async fn open_document(state: State<'_, AppState>, document_id: i64) -> Result<(), ApiError> {
    state
        .storage(move |engine| {
            let path = engine.document_path(document_id)?;
            // On Linux the opener itself does not tell that the file is gone.
            let opened = fs::metadata(&path).map_err(OpenError::Io).and_then(|_| opener::open(&path));
            opened.map_err(|error| ApiError {
                code: ErrorCode::Gone,
                message: format!(
                    "{} could not be opened: {error}. Look whether the file is still there and a program is set for its kind.",
                    path.display()
                ),
            })
        })
        .await
}
