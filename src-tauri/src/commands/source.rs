use std::fs;
use std::path::Path;

use engine::Engine;
use engine::api::{ApiError, ErrorCode, PageRequest, PageView};
use opener::OpenError;
use tauri::State;
use tauri::ipc::Response;

use crate::state::AppState;

#[tauri::command]
pub async fn page(state: State<'_, AppState>, request: PageRequest) -> Result<PageView, ApiError> {
    state.storage(move |engine| engine.page(&request)).await
}

/// The file of a document. The window names it by its id, so that nothing but documents of the library can be read.
#[tauri::command]
pub async fn document_bytes(state: State<'_, AppState>, document_id: i64) -> Result<Response, ApiError> {
    state.storage(move |engine| engine.document_bytes(document_id)).await.map(Response::new)
}

/// The password of a locked document, for the viewer.
#[tauri::command]
pub async fn document_password(
    state: State<'_, AppState>,
    document_id: i64,
) -> Result<Option<String>, ApiError> {
    state.storage(move |engine| engine.document_password(document_id)).await
}

/// Opens a document in its own program.
#[tauri::command]
pub async fn open_document(state: State<'_, AppState>, document_id: i64) -> Result<(), ApiError> {
    state.storage(move |engine| open(&engine.document_path(document_id)?)).await
}

/// Opens the folder that a document lies in.
#[tauri::command]
pub async fn show_in_folder(state: State<'_, AppState>, document_id: i64) -> Result<(), ApiError> {
    let show = move |engine: &Engine| {
        let path = engine.document_path(document_id)?;
        open(path.parent().unwrap_or(&path))
    };
    state.storage(show).await
}

fn open(path: &Path) -> Result<(), ApiError> {
    // On Linux the opener itself does not tell that the file is gone.
    let opened = fs::metadata(path).map_err(OpenError::Io).and_then(|_| opener::open(path));
    opened.map_err(|error| ApiError {
        code: ErrorCode::Gone,
        message: format!(
            "{} could not be opened: {error}. Look whether it is still there and a program is set for its kind.",
            path.display()
        ),
    })
}
