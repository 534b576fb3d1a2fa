//! Jobs that take documents in.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ingest::{Ingest, IngestError, Pause, Progress, Report, Snapshot, Stage};
use tokio_util::sync::CancellationToken;

use crate::api::{
    AddRequest, ApiError, AwayFolder, FileKind, IndexEvent, IndexOutcome, IndexProgress, IndexStage,
    IndexSummary, PassedOver,
};
use crate::errors::Shown as _;
use crate::overview::text;
use crate::{Engine, failures};

/// How often a shell is told where a job stands: often enough to look alive, seldom enough to cost nothing.
const PROGRESS_EVERY: Duration = Duration::from_millis(150);

impl Engine {
    /// Takes in what is new or has changed below these folders, and these files. Waits for its turn where another
    /// job is under way. The last event is `Finished`.
    pub async fn add(&self, request: AddRequest, on_event: impl Fn(IndexEvent) + Send + Sync) {
        let summary = self.index(request, &on_event).await;
        on_event(IndexEvent::Finished { summary });
    }

    /// Looks at the remembered folders again. The last event is `Finished`.
    pub async fn sync(&self, on_event: impl Fn(IndexEvent) + Send + Sync) {
        let job = async |ingest: Ingest, progress, cancel| ingest.sync(progress, cancel).await;
        let summary = self.run(job, &on_event).await;
        on_event(IndexEvent::Finished { summary });
    }

    /// Embeds what the embedding model in use has no vector for, as after a change of it. Waits for its turn where
    /// another job is under way. Where there is nothing to embed it ends without an event; else the last one is
    /// `Finished`.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn embed(&self, on_event: impl Fn(IndexEvent) + Send + Sync) -> Result<(), ApiError> {
        let (cancel, _ends_with_this) = self.indexing.begin();
        drop(self.job.lock().await);
        let status = self.status().await?;
        let is_whole = self.models().embedder.is_none() || status.vectors == status.chunks;
        if is_whole || cancel.is_cancelled() {
            return Ok(());
        }
        let job = async |ingest: Ingest, progress, cancel| ingest.embed(progress, cancel).await;
        let summary = self.run(job, &on_event).await;
        on_event(IndexEvent::Finished { summary });
        Ok(())
    }

    pub(crate) async fn index(
        &self,
        request: AddRequest,
        on_event: impl Fn(IndexEvent) + Send + Sync,
    ) -> IndexSummary {
        let job = async |ingest: Ingest, progress, cancel| ingest.add(&request.paths, progress, cancel).await;
        self.run(job, on_event).await
    }

    /// Lets the next job read every document again, changed or not.
    ///
    /// # Errors
    /// The library cannot be written.
    pub async fn forget_contents(&self) -> Result<(), ApiError> {
        self.with_library(library::Library::forget_contents).await
    }

    pub(crate) async fn run<J>(&self, job: J, on_event: impl Fn(IndexEvent) + Send + Sync) -> IndexSummary
    where
        J: AsyncFnOnce(Ingest, Arc<Progress>, CancellationToken) -> Result<Report, IngestError>,
    {
        let (cancel, _ends_with_this) = self.indexing.begin();
        let turn = Arc::new(Arc::clone(&self.job).lock_owned().await);
        let _rests_no_more = Resting(&self.pause);
        let started = Instant::now();
        let progress = Arc::<Progress>::default();
        let passwords = Arc::clone(&self.passwords);
        let embedder = self.models().embedder.clone();
        let ingest = Ingest {
            library: Arc::clone(&self.library),
            extractor: Arc::clone(&self.extractor),
            embedder: embedder.clone(),
            passwords: Arc::new(move |content| passwords.of(content)),
            pause: Arc::clone(&self.pause),
            turn: Some(turn),
        };
        let watched = Arc::clone(&progress);
        let watching = async {
            let mut last = IndexProgress::default();
            let mut ticks = tokio::time::interval(PROGRESS_EVERY);
            loop {
                ticks.tick().await;
                let now = IndexProgress {
                    waiting: embedder
                        .as_ref()
                        .and_then(|model| model.waits_after())
                        .map(|error| error.message()),
                    ..index_progress(watched.snapshot(), self.pause.is_set())
                };
                if now != last {
                    on_event(IndexEvent::Progress { progress: now.clone() });
                    last = now;
                }
            }
        };
        let result = tokio::select! {
            result = job(ingest, progress, cancel) => result,
            never = watching => never,
        };
        summary(result, started.elapsed())
    }
}

/// Ends a pause with the job that rests, however that ends.
struct Resting<'a>(&'a Pause);

impl Drop for Resting<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

fn index_progress(snapshot: Snapshot, paused: bool) -> IndexProgress {
    IndexProgress {
        stage: match snapshot.stage {
            Stage::Walking => IndexStage::Walking,
            Stage::Reading => IndexStage::Reading,
            Stage::Recognising => IndexStage::Recognising,
            Stage::Embedding => IndexStage::Embedding,
            Stage::Saving => IndexStage::Saving,
        },
        files_total: snapshot.files_total,
        files_done: snapshot.files_done,
        files_failed: snapshot.files_failed,
        pages: snapshot.pages,
        pages_to_recognise: snapshot.pages_to_recognise,
        pages_recognised: snapshot.pages_recognised,
        chunks_total: snapshot.chunks_total,
        chunks_done: snapshot.chunks_done,
        current: snapshot.current,
        paused,
        waiting: None,
    }
}

fn summary(result: Result<Report, IngestError>, took: Duration) -> IndexSummary {
    let report = result.unwrap_or_else(|error| Report { error: Some(error), ..Report::default() });
    let outcome = match &report.error {
        Some(_) => IndexOutcome::Failed,
        None if report.cancelled => IndexOutcome::Cancelled,
        None => IndexOutcome::Completed,
    };
    let missing = report.missing.iter().filter_map(failures::of_missing);
    let failed = report.failures.iter().map(|failed| failures::of_file(&failed.path, &failed.reason));
    IndexSummary {
        outcome,
        error: report.error.map(ApiError::from),
        added: report.added,
        updated: report.updated,
        moved: report.moved,
        removed: report.removed,
        unchanged: report.unchanged,
        failures: missing.chain(failed).collect(),
        passed_over: report.passed_over.into_iter().map(|(kind, files)| passed_over(kind, files)).collect(),
        away: report.away.iter().map(away).collect(),
        unread_pages: report.unread_pages.into_iter().map(failures::of_unread_page).collect(),
        unembedded: report.unembedded.into_iter().map(failures::of_unembedded).collect(),
        pages: report.pages,
        chunks: report.chunks,
        shortened: u32::try_from(report.shortened).unwrap_or(u32::MAX),
        seconds: took.as_secs_f64(),
    }
}

fn passed_over(kind: ingest::FileKind, files: u32) -> PassedOver {
    let kind = match kind {
        ingest::FileKind::Extension(extension) => FileKind::Extension(extension),
        ingest::FileKind::NoExtension => FileKind::NoExtension,
        ingest::FileKind::Link => FileKind::Link,
    };
    PassedOver { kind, files }
}

fn away(folder: &ingest::AwayFolder) -> AwayFolder {
    AwayFolder { folder: text(&folder.path), documents: folder.documents }
}
