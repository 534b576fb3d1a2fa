//! Every command that a window may give, declared once.
//!
//! The table below is all there is of a command on its way: [`run`] takes it by its name, whatever carried it (Tauri,
//! HTTP), and the window's TypeScript client is written from it (`cargo xtask types`).

#[cfg(test)]
mod client;
mod declare;
mod shell;

use std::path::PathBuf;
use std::sync::Arc;

use declare::commands;
pub use shell::Shell;

use super::{
    AddRequest, AnswerEvent, ApiError, AskRequest, BackupEvent, BackupRequest, ConversationSummary,
    ConversationView, ConversationsRequest, DocumentSummary, EmbeddingPlan, EmbeddingPlanRequest, Embeddings,
    EndpointCheck, EndpointRequest, ExaminationEvent, ExplainRequest, Explanation, Export, ExportRequest,
    FolderSummary, IndexEvent, InstallEvent, InstallRequest, Job, Ledger, LibraryStatus, LinkTarget,
    LocalModels, LocalServer, MarkRequest, ModelChoice, OpinionRequest, PageRequest, PageView, Picture,
    PictureRequest, RecognitionPlan, RecognitionRequest, RemoveRequest, Removed, RenameRequest,
    SearchRequest, SearchResponse, SecondOpinion, SettingsView, Suggestion, UnlockRequest, Unlocked,
    WatchEvent,
};
use crate::Engine;
use crate::off_thread::off_thread;

/// What a command gives back when it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A value as JSON; `null` after a command that streams events.
    Json(String),
    /// The bytes of a file.
    Bytes(Vec<u8>),
}

/// Runs a command that needs no open library: what puts a backup in the place of one that cannot be opened, and what mends
/// it. `None` where it is another one.
pub async fn run_unopened(
    directory: PathBuf,
    name: &str,
    arguments: serde_json::Value,
    on_event: impl Fn(String) + Send + Sync,
) -> Option<Result<Reply, ApiError>> {
    #[derive(serde::Deserialize)]
    struct Restore {
        request: BackupRequest,
    }
    match name {
        "examine" => crate::examine(directory, declare::sender(&on_event)).await,
        "restore" => match declare::arguments::<Restore>(name, arguments) {
            Ok(Restore { request }) => crate::restore(directory, request, declare::sender(&on_event)).await,
            Err(error) => return Some(Err(error)),
        },
        _ => return None,
    }
    Some(declare::json(&()))
}

commands! {
    (engine, shell, send)

    /// What the library holds, how it does, and which models serve it.
    call status() -> LibraryStatus { engine.status().await }

    /// All documents, or those that have changed since a moment in seconds since 1970.
    call documents(since: Option<i64>) -> Vec<DocumentSummary> { engine.documents(since).await }

    /// The watched folders, and whether they are there.
    call folders() -> Vec<FolderSummary> { engine.folders().await }

    /// Takes folders and files out of the library; what is on disk stays.
    call remove(request: RemoveRequest) -> Removed { engine.remove(request).await }

    /// Takes in folders and files.
    stream add(request: AddRequest) -> IndexEvent {
        engine.add(request, shell::told(&*shell, send)).await;
        Ok(())
    }

    /// Takes in the documents that come with Footnote.
    stream add_sample() -> IndexEvent {
        let request = AddRequest { paths: vec![shell.sample()?] };
        engine.add(request, shell::told(&*shell, send)).await;
        Ok(())
    }

    /// Looks at the remembered folders again.
    stream sync() -> IndexEvent {
        engine.sync(shell::told(&*shell, send)).await;
        Ok(())
    }

    /// Reads every document again, changed or not.
    stream read_again() -> IndexEvent {
        engine.read_again(shell::told(&*shell, send)).await;
        Ok(())
    }

    /// Embeds what the embedding model in use has no vector for, once other jobs have ended.
    stream embed() -> IndexEvent { engine.embed(shell::told(&*shell, send)).await }

    /// Reads in a file that is locked, with its password.
    call unlock_document(request: UnlockRequest) -> Unlocked { engine.unlock_document(request).await }

    /// What the vision model would be sent; nothing is sent yet.
    call recognition_plan(request: RecognitionRequest) -> RecognitionPlan { engine.recognition_plan(request).await }

    /// Has the pages of a plan read that the person has said yes to.
    stream recognise(request: RecognitionPlan) -> IndexEvent {
        engine.recognise(request, shell::told(&*shell, send)).await;
        Ok(())
    }

    /// The jobs that have not come to their end.
    call jobs() -> Vec<Job> { engine.jobs().await }

    /// Lets a job rest; its progress says when it does.
    call pause_job(id: i64) -> () { engine.pause_job(id, true).await }

    call resume_job(id: i64) -> () { engine.pause_job(id, false).await }

    /// Ends a job; what it has finished is kept.
    call cancel_job(id: i64) -> () { engine.cancel_job(id).await }

    /// Does what was left undone, compares the folders and follows them, and tells of the jobs; as long as the window is open.
    stream watch() -> WatchEvent {
        let seen = Arc::clone(&shell);
        engine.watch(move |event| {
            if let WatchEvent::Index { told } = &event {
                seen.indexing(told);
            }
            send(event);
        }).await
    }

    /// What the app was opened with, by "Open with" or on a command line, since this was last asked.
    call opened_paths() -> Vec<PathBuf> { Ok(shell.opened_paths()) }

    /// What the `footnote://` link opens that the app was opened with since this was last asked.
    call opened_link() -> Option<LinkTarget> {
        match shell.opened_link() {
            Some(link) => engine.follow_link(link).await.map(Some),
            None => Ok(None),
        }
    }

    /// What a person who sees the library for the first time may ask it.
    call suggestions() -> Vec<Suggestion> { engine.suggestions().await }

    call search(request: SearchRequest) -> SearchResponse { engine.search(request).await }

    /// Why a search found pages, or did not.
    call explain(request: ExplainRequest) -> Explanation { engine.explain(request).await }

    stream ask(request: AskRequest) -> AnswerEvent {
        engine.ask(request, send).await;
        Ok(())
    }

    /// Ends the search, answer or second opinion that was asked for with this id; what has come of an answer is kept.
    call stop(id: String) -> () {
        engine.stop(&id);
        Ok(())
    }

    call picture(request: PictureRequest) -> Picture { engine.picture(request).await }

    /// Keeps with a stored answer whether one of its citations was right.
    call mark_citation(request: MarkRequest) -> () { engine.mark_citation(request).await }

    /// Has a chat model look at the citations of a stored answer once more.
    call second_opinion(request: OpinionRequest) -> SecondOpinion { engine.second_opinion(request).await }

    call conversations(request: ConversationsRequest) -> Vec<ConversationSummary> { engine.conversations(request).await }

    call conversation(id: i64) -> ConversationView { engine.conversation(id).await }

    call rename_conversation(request: RenameRequest) -> () { engine.rename_conversation(request).await }

    call delete_conversation(id: i64) -> () { engine.delete_conversation(id).await }

    /// A conversation as a file for elsewhere.
    call export_conversation(request: ExportRequest) -> Export { engine.export_conversation(request).await }

    /// Writes a conversation to a file that the person chooses.
    call save_conversation(request: ExportRequest) -> () {
        let export = engine.export_conversation(request).await?;
        off_thread(move || shell.save(export)).await
    }

    /// The embeddings that are kept, by their models.
    call embeddings() -> Vec<Embeddings> { engine.embeddings().await }

    /// What it takes to embed the library with a model; no text of it is sent.
    call embedding_plan(request: EmbeddingPlanRequest) -> EmbeddingPlan { engine.embedding_plan(request).await }

    /// Has the library searched by embeddings that are kept, at once.
    call use_embeddings(id: i64) -> () { engine.use_embeddings(id).await }

    /// Forgets embeddings that the library is not searched by.
    call drop_embeddings(id: i64) -> () { engine.drop_embeddings(id).await }

    call settings() -> SettingsView { engine.settings().await }

    /// Puts an endpoint in force, or the built-in models.
    call change_settings(request: EndpointRequest) -> SettingsView { engine.change_settings(request).await }

    /// Finds out what an endpoint can do, without putting it in force.
    call try_endpoint(request: EndpointRequest) -> EndpointCheck { engine.try_endpoint(&request).await }

    /// The servers of models that run on this computer; they are asked for their lists, and nothing else is sent.
    call local_servers() -> Vec<LocalServer> { Ok(engine.local_servers().await) }

    /// The models that run on this computer, and those that can be installed. No hub is asked.
    call local_models() -> LocalModels { engine.local_models().await }

    /// Fetches a model from a hub and installs it, after the person has said yes. It is stopped by its id.
    stream install_model(request: InstallRequest) -> InstallEvent {
        engine.install_model(request, send).await;
        Ok(())
    }

    /// Installs the model of a folder, and gives what it is called by.
    call import_model(folder: PathBuf) -> String { engine.import_model(folder).await }

    /// Takes an installed model off this computer, and what has been fetched of one.
    call remove_model(id: String) -> () { engine.remove_model(id).await }

    /// Has a model on this computer serve its role, in the place of an endpoint's.
    call use_model(id: String) -> () { engine.use_model(id).await }

    /// Writes a backup of library, conversations and settings. It is stopped by its id.
    stream back_up(request: BackupRequest) -> BackupEvent {
        engine.back_up(request, send).await;
        Ok(())
    }

    /// Puts a backup in the place of library, conversations and settings, after the person has said yes. It is stopped by its id.
    stream restore(request: BackupRequest) -> BackupEvent {
        engine.restore(request, send).await;
        Ok(())
    }

    /// Looks the library through and mends what is wrong with it.
    stream examine() -> ExaminationEvent {
        engine.examine(send).await;
        Ok(())
    }

    /// What left this computer: sums by day, and so many of the last requests.
    call ledger(last: u32) -> Ledger { engine.ledger(last).await }

    call endpoint_models(request: EndpointRequest) -> Vec<ModelChoice> {
        engine.endpoint_models(&request).await
    }

    call page(request: PageRequest) -> PageView { engine.page(request).await }

    /// The file of a document of the library; of nothing else.
    bytes document_bytes(document_id: i64) { engine.document_bytes(document_id).await }

    /// The password of a locked document, where it is known.
    call document_password(document_id: i64) -> Option<String> { engine.document_password(document_id).await }

    /// Opens the file in its own program, at the page where that program can.
    call open_document(document_id: i64, page: Option<u32>) -> () {
        let document = engine.document_path(document_id).await?;
        off_thread(move || shell.open(&document, page)).await
    }

    /// Opens the folder that the file lies in.
    call show_in_folder(document_id: i64) -> () {
        let document = engine.document_path(document_id).await?;
        off_thread(move || shell.show_in_folder(&document)).await
    }
}
