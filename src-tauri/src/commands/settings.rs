use engine::Engine;
use engine::api::{ApiError, EndpointCheck, EndpointRequest, ModelChoice, SettingsView};
use tauri::State;

use crate::state::AppState;

#[tauri::command]
pub async fn settings(state: State<'_, AppState>) -> Result<SettingsView, ApiError> {
    state.storage(Engine::settings).await
}

#[tauri::command]
pub async fn change_settings(
    state: State<'_, AppState>,
    request: EndpointRequest,
) -> Result<SettingsView, ApiError> {
    state.storage(move |engine| engine.change_settings(&request)).await
}

#[tauri::command]
pub async fn try_endpoint(
    state: State<'_, AppState>,
    request: EndpointRequest,
) -> Result<EndpointCheck, ApiError> {
    state.engine().await?.try_endpoint(&request).await
}

#[tauri::command]
pub async fn endpoint_models(
    state: State<'_, AppState>,
    request: EndpointRequest,
) -> Result<Vec<ModelChoice>, ApiError> {
    state.engine().await?.endpoint_models(&request).await
}
