//! Pages that are pictures, read by the endpoint's vision model once a person has agreed.

use std::path::PathBuf;
use std::sync::Arc;

use ::models::ChatModel;
use ingest::PicturePages;
use libraries::Library;
use library::Document;

use crate::Engine;
use crate::api::{ApiError, DocumentPages, IndexEvent, RecognitionPlan, RecognitionRequest, RequestError};
use crate::jobs::Work;
use crate::models::Vision;
use crate::overview::text;

impl Engine {
    /// What the vision model would be sent: pages that are pictures, without those that it has read already. Nothing
    /// is sent yet.
    ///
    /// # Errors
    /// No vision model is set, a path is not in the library, or the library cannot be read.
    pub async fn recognition_plan(&self, request: RecognitionRequest) -> Result<RecognitionPlan, ApiError> {
        let Vision { model, host } = self.vision()?;
        self.with_library(move |library| {
            let mut documents = Vec::new();
            for document in documents_below(library, &request.paths)? {
                let pictures = PicturePages::of(library, &document, model.name())?;
                if let Some(PicturePages { unread, .. }) = pictures {
                    documents.push(DocumentPages {
                        document_id: document.id.0,
                        document: text(&document.path),
                        pages: unread,
                    });
                }
            }
            Ok::<_, ApiError>(RecognitionPlan { model: model.name().to_owned(), host, documents })
        })
        .await
    }

    /// Has the pages of a plan that a person has said yes to read by the vision model, and takes their documents in
    /// once more. Nothing else is sent, and no page twice. Waits for its turn where another job is under way. The
    /// last event is `Finished`.
    pub async fn recognise(&self, agreed: RecognitionPlan, on_event: impl Fn(IndexEvent) + Send + Sync) {
        self.run_to_end(Work::Recognise(agreed), on_event).await;
    }

    /// The settings may have changed since the plan was made.
    pub(crate) fn agreed_model(&self, agreed: &RecognitionPlan) -> Result<Arc<dyn ChatModel>, ApiError> {
        let Vision { model, host } = self.vision()?;
        if model.name() != agreed.model || host != agreed.host {
            let changed = RequestError::VisionModelChanged {
                model: agreed.model.clone(),
                host: agreed.host.clone(),
                model_now: model.name().to_owned(),
                host_now: host,
            };
            return Err(changed.into());
        }
        Ok(model)
    }

    fn vision(&self) -> Result<Vision, ApiError> {
        self.models().vision().ok_or_else(|| RequestError::NoVisionModel.into())
    }
}

fn documents_below(library: &Library, paths: &[PathBuf]) -> Result<Vec<Document>, ApiError> {
    let mut documents = library.documents()?;
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    if paths.is_empty() {
        return Ok(documents);
    }
    let mut wanted = Vec::new();
    for path in paths {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        if !documents.iter().any(|document| document.path.starts_with(&absolute)) {
            return Err(RequestError::NotInLibrary { path: text(path) }.into());
        }
        wanted.push(absolute);
    }
    documents.retain(|document| wanted.iter().any(|path| document.path.starts_with(path)));
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use testkit::loopback::{Loopback, Options, VISION_MODEL};

    use super::*;
    use crate::api::{ErrorCode, IndexOutcome};
    use crate::{EngineOptions, Overrides, WorkerCommand};

    #[tokio::test]
    async fn nothing_goes_where_nobody_agreed_to() {
        let server = Loopback::start(Options::default()).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let engine = Engine::open(EngineOptions {
            directory: directory.path().to_owned(),
            team: None,
            overrides: Overrides {
                base_url: Some(server.base_url()),
                vision_model: Some(VISION_MODEL.to_owned()),
                ..Overrides::default()
            },
            keychain: None,
            worker: WorkerCommand::current_executable().unwrap(),
        })
        .unwrap();
        let plan = engine.recognition_plan(RecognitionRequest::default()).await.unwrap();
        let nothing_yet = (VISION_MODEL.to_owned(), "127.0.0.1".to_owned(), Vec::new());
        assert_eq!((plan.model.clone(), plan.host.clone(), plan.documents.clone()), nothing_yet);

        let elsewhere = RecognitionPlan { host: "api.example.com".to_owned(), ..plan.clone() };
        let another = RecognitionPlan { model: "another".to_owned(), ..plan };
        for agreed in [elsewhere, another] {
            let last = Mutex::new(None);
            engine.recognise(agreed, |event| *last.lock().unwrap() = Some(event)).await;
            let Some(IndexEvent::Finished { summary }) = last.into_inner().unwrap() else { panic!() };
            assert_eq!(summary.outcome, IndexOutcome::Failed);
            assert_eq!(summary.error.unwrap().code, ErrorCode::Request);
        }
        assert_eq!(server.requests(), []);
    }
}
