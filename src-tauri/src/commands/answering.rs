use engine::api::{
    AnswerEvent, ApiError, AskRequest, MarkRequest, OpinionRequest, Picture, PictureRequest, SearchRequest,
    SearchResponse, SecondOpinion,
};
use tauri::State;
use tauri::ipc::Channel;

use super::forward;
use crate::state::AppState;

#[tauri::command]
pub async fn search(state: State<'_, AppState>, request: SearchRequest) -> Result<SearchResponse, ApiError> {
    state.engine().await?.search(request).await
}

#[tauri::command]
pub async fn ask(
    state: State<'_, AppState>,
    request: AskRequest,
    on_event: Channel<AnswerEvent>,
) -> Result<(), ApiError> {
    state.engine().await?.ask(request, forward(on_event)).await;
    Ok(())
}

#[tauri::command]
pub async fn stop_answer(state: State<'_, AppState>) -> Result<(), ApiError> {
    state.engine().await?.stop_answer();
    Ok(())
}

#[tauri::command]
pub async fn picture(state: State<'_, AppState>, request: PictureRequest) -> Result<Picture, ApiError> {
    state.engine().await?.picture(request).await
}

#[tauri::command]
pub async fn mark_citation(state: State<'_, AppState>, request: MarkRequest) -> Result<(), ApiError> {
    state.engine().await?.mark_citation(request).await
}

#[tauri::command]
pub async fn second_opinion(
    state: State<'_, AppState>,
    request: OpinionRequest,
) -> Result<SecondOpinion, ApiError> {
    state.engine().await?.second_opinion(request).await
}
