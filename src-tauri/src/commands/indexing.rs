use std::env;
use std::path::PathBuf;

use engine::api::{
    AddRequest, ApiError, ErrorCode, IndexEvent, RecognitionPlan, RecognitionRequest, UnlockRequest, Unlocked,
};
use tauri::ipc::Channel;
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager, State};

use super::forward;
use crate::opened::OpenedPaths;
use crate::state::AppState;
use crate::{notification, taskbar};

#[tauri::command]
pub async fn add(
    app: AppHandle,
    state: State<'_, AppState>,
    request: AddRequest,
    on_event: Channel<IndexEvent>,
) -> Result<(), ApiError> {
    state.engine().await?.add(request, shown(app, on_event)).await;
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
    state.engine().await?.add(AddRequest { paths: vec![sample] }, shown(app, on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn sync(
    app: AppHandle,
    state: State<'_, AppState>,
    on_event: Channel<IndexEvent>,
) -> Result<(), ApiError> {
    state.engine().await?.sync(shown(app, on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn unlock_document(
    state: State<'_, AppState>,
    request: UnlockRequest,
) -> Result<Unlocked, ApiError> {
    state.engine().await?.unlock_document(request).await
}

#[tauri::command]
pub async fn recognition_plan(
    state: State<'_, AppState>,
    request: RecognitionRequest,
) -> Result<RecognitionPlan, ApiError> {
    state.storage(move |engine| engine.recognition_plan(&request)).await
}

#[tauri::command]
pub async fn recognise(
    app: AppHandle,
    state: State<'_, AppState>,
    request: RecognitionPlan,
    on_event: Channel<IndexEvent>,
) -> Result<(), ApiError> {
    state.engine().await?.recognise(request, shown(app, on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn cancel_indexing(state: State<'_, AppState>) -> Result<(), ApiError> {
    state.engine().await?.cancel_indexing();
    Ok(())
}

#[tauri::command]
pub async fn pause_indexing(state: State<'_, AppState>) -> Result<(), ApiError> {
    state.engine().await?.pause_indexing();
    Ok(())
}

#[tauri::command]
pub async fn resume_indexing(state: State<'_, AppState>) -> Result<(), ApiError> {
    state.engine().await?.resume_indexing();
    Ok(())
}

/// The files and folders that Footnote was opened with since this was last asked.
#[tauri::command]
#[allow(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]
pub fn opened_paths(opened: State<'_, OpenedPaths>) -> Vec<PathBuf> {
    opened.take()
}

/// Sends events to the window, and shows them where the system can.
fn shown(app: AppHandle, channel: Channel<IndexEvent>) -> impl Fn(IndexEvent) + Send + Sync + 'static {
    let to_window = forward(channel);
    move |event| {
        taskbar::show(&app, &event);
        notification::show(&app, &event);
        to_window(event);
    }
}

/// Among the resources of an installed app, or beside a binary that was just built: Tauri finds it there only where
/// the folder is called `target`.
fn sample(app: &AppHandle) -> Option<PathBuf> {
    let installed = app.path().resolve("sample", BaseDirectory::Resource).ok();
    let built = env::current_exe().ok().map(|program| program.with_file_name("sample"));
    [installed, built].into_iter().flatten().find(|folder| folder.is_dir())
}
