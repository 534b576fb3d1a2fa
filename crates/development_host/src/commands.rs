//! The commands, by the names and arguments that the window uses.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use engine::Engine;
use engine::api::{
    AddRequest, AskRequest, ConversationSummary, ConversationView, ConversationsRequest, DocumentSummary,
    EndpointCheck, EndpointRequest, Export, ExportRequest, LibraryStatus, MarkRequest, ModelChoice,
    OpinionRequest, PageRequest, PageView, Picture, PictureRequest, RecognitionPlan, RecognitionRequest,
    RenameRequest, SearchRequest, SearchResponse, SecondOpinion, SettingsView, UnlockRequest, Unlocked,
};
use serde::Deserialize;

use crate::events::stream;
use crate::reply::{Failure, Reply, blocking, stored};

/// The documents that come with Footnote.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/sample");

type App = State<Arc<Engine>>;

/// The argument of most commands.
#[derive(Deserialize)]
struct Request<T> {
    request: T,
}

#[derive(Deserialize)]
struct ConversationRequest {
    id: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentRequest {
    document_id: i64,
}

pub fn router(engine: Arc<Engine>) -> Router {
    Router::new()
        .route("/api/status", post(status))
        .route("/api/documents", post(documents))
        .route("/api/add", post(add))
        .route("/api/add_sample", post(add_sample))
        .route("/api/sync", post(sync))
        .route("/api/unlock_document", post(unlock_document))
        .route("/api/recognition_plan", post(recognition_plan))
        .route("/api/recognise", post(recognise))
        .route("/api/cancel_indexing", post(cancel_indexing))
        .route("/api/pause_indexing", post(pause_indexing))
        .route("/api/resume_indexing", post(resume_indexing))
        .route("/api/opened_paths", post(opened_paths))
        .route("/api/search", post(search))
        .route("/api/ask", post(ask))
        .route("/api/stop_answer", post(stop_answer))
        .route("/api/picture", post(picture))
        .route("/api/mark_citation", post(mark_citation))
        .route("/api/second_opinion", post(second_opinion))
        .route("/api/conversations", post(conversations))
        .route("/api/conversation", post(conversation))
        .route("/api/rename_conversation", post(rename_conversation))
        .route("/api/delete_conversation", post(delete_conversation))
        .route("/api/export_conversation", post(export_conversation))
        .route("/api/settings", post(settings))
        .route("/api/change_settings", post(change_settings))
        .route("/api/try_endpoint", post(try_endpoint))
        .route("/api/endpoint_models", post(endpoint_models))
        .route("/api/page", post(page))
        .route("/api/document_bytes", post(document_bytes))
        .route("/api/document_password", post(document_password))
        .route("/api/open_document", post(open_document))
        .route("/api/show_in_folder", post(open_document))
        .layer(from_fn(only_json))
        .with_state(engine)
}

/// A page of another origin can send a plain body without asking, but no JSON.
async fn only_json(request: axum::extract::Request, next: Next) -> Response {
    let is_json = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if is_json { next.run(request).await } else { StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response() }
}

async fn status(State(engine): App) -> Reply<LibraryStatus> {
    stored(engine, Engine::status).await
}

async fn documents(State(engine): App) -> Reply<Vec<DocumentSummary>> {
    stored(engine, Engine::documents).await
}

async fn add(State(engine): App, Json(Request { request }): Json<Request<AddRequest>>) -> Response {
    stream(|events| async move { engine.add(request, |event| events.send(event)).await })
}

async fn add_sample(state: App) -> Response {
    let request = AddRequest { paths: vec![Path::new(SAMPLE).to_owned()] };
    add(state, Json(Request { request })).await
}

async fn sync(State(engine): App) -> Response {
    stream(|events| async move { engine.sync(|event| events.send(event)).await })
}

async fn unlock_document(
    State(engine): App,
    Json(Request { request }): Json<Request<UnlockRequest>>,
) -> Reply<Unlocked> {
    Ok(Json(engine.unlock_document(request).await?))
}

async fn recognition_plan(
    State(engine): App,
    Json(Request { request }): Json<Request<RecognitionRequest>>,
) -> Reply<RecognitionPlan> {
    stored(engine, move |engine| engine.recognition_plan(&request)).await
}

async fn recognise(
    State(engine): App,
    Json(Request { request }): Json<Request<RecognitionPlan>>,
) -> Response {
    stream(|events| async move { engine.recognise(request, |event| events.send(event)).await })
}

/// A browser opens with nothing.
async fn opened_paths() -> Json<[String; 0]> {
    Json([])
}

async fn cancel_indexing(State(engine): App) -> Json<()> {
    engine.cancel_indexing();
    Json(())
}

async fn pause_indexing(State(engine): App) -> Json<()> {
    engine.pause_indexing();
    Json(())
}

async fn resume_indexing(State(engine): App) -> Json<()> {
    engine.resume_indexing();
    Json(())
}

async fn search(
    State(engine): App,
    Json(Request { request }): Json<Request<SearchRequest>>,
) -> Reply<SearchResponse> {
    Ok(Json(engine.search(request).await?))
}

async fn ask(State(engine): App, Json(Request { request }): Json<Request<AskRequest>>) -> Response {
    stream(|events| async move { engine.ask(request, |event| events.send(event)).await })
}

async fn stop_answer(State(engine): App) -> Json<()> {
    engine.stop_answer();
    Json(())
}

async fn picture(
    State(engine): App,
    Json(Request { request }): Json<Request<PictureRequest>>,
) -> Reply<Picture> {
    Ok(Json(engine.picture(request).await?))
}

async fn mark_citation(
    State(engine): App,
    Json(Request { request }): Json<Request<MarkRequest>>,
) -> Reply<()> {
    Ok(Json(engine.mark_citation(request).await?))
}

async fn second_opinion(
    State(engine): App,
    Json(Request { request }): Json<Request<OpinionRequest>>,
) -> Reply<SecondOpinion> {
    Ok(Json(engine.second_opinion(request).await?))
}

async fn conversations(
    State(engine): App,
    Json(Request { request }): Json<Request<ConversationsRequest>>,
) -> Reply<Vec<ConversationSummary>> {
    stored(engine, move |engine| engine.conversations(&request)).await
}

async fn conversation(
    State(engine): App,
    Json(request): Json<ConversationRequest>,
) -> Reply<ConversationView> {
    stored(engine, move |engine| engine.conversation(request.id)).await
}

async fn rename_conversation(
    State(engine): App,
    Json(Request { request }): Json<Request<RenameRequest>>,
) -> Reply<()> {
    stored(engine, move |engine| engine.rename_conversation(&request)).await
}

async fn delete_conversation(State(engine): App, Json(request): Json<ConversationRequest>) -> Reply<()> {
    stored(engine, move |engine| engine.delete_conversation(request.id)).await
}

async fn export_conversation(
    State(engine): App,
    Json(Request { request }): Json<Request<ExportRequest>>,
) -> Reply<Export> {
    stored(engine, move |engine| engine.export_conversation(&request)).await
}

async fn settings(State(engine): App) -> Reply<SettingsView> {
    stored(engine, Engine::settings).await
}

async fn change_settings(
    State(engine): App,
    Json(Request { request }): Json<Request<EndpointRequest>>,
) -> Reply<SettingsView> {
    stored(engine, move |engine| engine.change_settings(&request)).await
}

async fn try_endpoint(
    State(engine): App,
    Json(Request { request }): Json<Request<EndpointRequest>>,
) -> Reply<EndpointCheck> {
    Ok(Json(engine.try_endpoint(&request).await?))
}

async fn endpoint_models(
    State(engine): App,
    Json(Request { request }): Json<Request<EndpointRequest>>,
) -> Reply<Vec<ModelChoice>> {
    Ok(Json(engine.endpoint_models(&request).await?))
}

async fn page(State(engine): App, Json(Request { request }): Json<Request<PageRequest>>) -> Reply<PageView> {
    stored(engine, move |engine| engine.page(&request)).await
}

async fn document_bytes(
    State(engine): App,
    Json(request): Json<DocumentRequest>,
) -> Result<Vec<u8>, Failure> {
    blocking(engine, move |engine| engine.document_bytes(request.document_id)).await
}

async fn document_password(
    State(engine): App,
    Json(request): Json<DocumentRequest>,
) -> Reply<Option<String>> {
    stored(engine, move |engine| engine.document_password(request.document_id)).await
}

/// Nothing is opened: a test has no one to look at another program. What the window would be told is told.
async fn open_document(State(engine): App, Json(request): Json<DocumentRequest>) -> Reply<()> {
    stored(engine, move |engine| engine.document_path(request.document_id).map(drop)).await
}
