//! Jobs that take documents in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ingest::{Ingest, IngestError, Progress, Report, Snapshot, Stage};
use library::DocumentId;
use tokio_util::sync::CancellationToken;

use crate::api::{
    AddRequest, ApiError, AwayFolder, FileKind, IndexEvent, IndexOutcome, IndexProgress, IndexStage,
    IndexSummary, PassedOver,
};
use crate::errors::Shown as _;
use crate::jobs::{Queued, Work};
use crate::overview::text;
use crate::{Engine, failures};

/// How often a shell is told where a job stands: often enough to look alive, seldom enough to cost nothing.
const PROGRESS_EVERY: Duration = Duration::from_millis(150);
/// How often a job looks whether another process has paused or cancelled it.
const OBEY_EVERY: Duration = Duration::from_secs(1);

impl Engine {
    /// Takes in what is new or has changed below these folders, and these files. Waits for its turn where another
    /// job is under way. The last event is `Finished`.
    pub async fn add(&self, request: AddRequest, on_event: impl Fn(IndexEvent) + Send + Sync) {
        self.run_to_end(Work::add(request.paths), on_event).await;
    }

    /// Looks at the remembered folders again. The last event is `Finished`.
    pub async fn sync(&self, on_event: impl Fn(IndexEvent) + Send + Sync) {
        self.run_to_end(Work::Sync(None), on_event).await;
    }

    /// Reads every document again, changed or not. The last event is `Finished`.
    pub async fn read_again(&self, on_event: impl Fn(IndexEvent) + Send + Sync) {
        self.run_to_end(Work::ReadAgain, on_event).await;
    }

    /// Embeds what the embedding model in use has no vector for, as after a change of it. Waits for its turn where
    /// another job is under way. Where there is nothing to embed it ends without an event; else the last one is
    /// `Finished`.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn embed(&self, on_event: impl Fn(IndexEvent) + Send + Sync) -> Result<(), ApiError> {
        drop(self.jobs.turn().await);
        let status = self.status().await?;
        if self.models().embedder.is_some() && status.vectors != status.chunks {
            self.run_to_end(Work::Embed, on_event).await;
        }
        Ok(())
    }

    pub(crate) async fn run_to_end(&self, work: Work, on_event: impl Fn(IndexEvent) + Send + Sync) {
        let summary = self.run(work, &on_event).await;
        on_event(IndexEvent::Finished { summary });
    }

    /// Does work once those before it have ended. It is in the queue until it has ended itself.
    pub(crate) async fn run(&self, work: Work, on_event: impl Fn(IndexEvent) + Send + Sync) -> IndexSummary {
        let job = match self.queue(work).await {
            Ok(job) => job,
            Err(error) => return failed(error),
        };
        match self.run_in_turn(&job, on_event).await {
            Ok(summary) => summary,
            Err(error) => {
                self.forget(&job).await;
                failed(error)
            }
        }
    }

    /// Does a job of the queue.
    ///
    /// # Errors
    /// It could not begin, and is in the queue still.
    pub(crate) async fn run_in_turn(
        &self,
        job: &Queued<'_>,
        on_event: impl Fn(IndexEvent) + Send + Sync,
    ) -> Result<IndexSummary, ApiError> {
        let cancelled = IndexSummary { outcome: IndexOutcome::Cancelled, ..IndexSummary::default() };
        let Some(turn) = job.turn().await else {
            self.forget(job).await;
            return Ok(cancelled);
        };
        let id = job.id;
        if !self.with_library(move |library| library.begin_job(id)).await? {
            return Ok(cancelled);
        }
        let started = Instant::now();
        let progress = Arc::<Progress>::default();
        let passwords = Arc::clone(&self.passwords);
        let models = self.models();
        let embedder = models.embedder.clone();
        let ingest = Ingest {
            library: Arc::clone(&self.library),
            extractor: Arc::clone(&self.extractor),
            embedder: embedder.clone(),
            source: serde_json::to_string(&models.embeds).ok(),
            passwords: Arc::new(move |content| passwords.of(content)),
            pause: Arc::clone(&job.own.pause),
            turn: Some(Arc::new(turn)),
        };
        let watched = Arc::clone(&progress);
        let watching = async {
            let mut last = None;
            let mut ticks = tokio::time::interval(PROGRESS_EVERY);
            loop {
                ticks.tick().await;
                let waits = embedder.as_ref().and_then(|model| model.waits_after());
                let now = IndexProgress {
                    job: id.0,
                    paused: job.own.pause.is_set(),
                    waiting: waits.map(|error| error.message()),
                    ..index_progress(watched.snapshot())
                };
                if last.as_ref() != Some(&now) {
                    job.proceed(&now);
                    on_event(IndexEvent::Progress { progress: now.clone() });
                    last = Some(now);
                }
            }
        };
        let obeying = async {
            loop {
                tokio::time::sleep(OBEY_EVERY).await;
                self.obey(job).await;
            }
        };
        let result = tokio::select! {
            result = self.work(job, ingest, progress, job.own.cancel.child_token()) => result,
            never = watching => never,
            never = obeying => never,
        };
        self.forget(job).await;
        Ok(result.map_or_else(failed, |report| summary(report, started.elapsed())))
    }

    async fn work(
        &self,
        job: &Queued<'_>,
        ingest: Ingest,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, ApiError> {
        let paths = |paths: &[_]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        let done = match &job.work {
            Work::Add(added) => ingest.add(&paths(added), progress, cancel).await,
            Work::Sync(only) => ingest.sync(only.as_deref().map(paths), progress, cancel).await,
            Work::ReadAgain => {
                let (id, rest) = (job.id, Work::Sync(None).written()?);
                // What is read before a kill is not read once more.
                self.with_library(move |library| {
                    library.forget_contents()?;
                    library.set_job_work(id, &rest)
                })
                .await?;
                ingest.sync(None, progress, cancel).await
            }
            Work::Embed => ingest.embed(progress, cancel).await,
            Work::Recognise(plan) => {
                let model = self.agreed_model(plan)?;
                let agreed = plan.documents.iter().map(|document| ingest::Agreed {
                    document: DocumentId(document.document_id),
                    pages: document.pages.clone(),
                });
                ingest.recognise(agreed.collect(), model, progress, cancel).await
            }
        };
        Ok(done.unwrap_or_else(|error: IngestError| Report { error: Some(error), ..Report::default() }))
    }

    /// Takes a job out of the queue, and gives the right to change documents back.
    async fn forget(&self, job: &Queued<'_>) {
        let id = job.id;
        let forgotten = self.with_library(move |library| {
            let removed = library.remove_job(id);
            library.release();
            removed
        });
        // One that stays in it is begun once more at the next start, and finds nothing to do.
        drop(forgotten.await);
    }
}

fn failed(error: ApiError) -> IndexSummary {
    IndexSummary { outcome: IndexOutcome::Failed, error: Some(error), ..IndexSummary::default() }
}

fn index_progress(snapshot: Snapshot) -> IndexProgress {
    IndexProgress {
        job: 0,
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
        paused: false,
        waiting: None,
    }
}

fn summary(report: Report, took: Duration) -> IndexSummary {
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
        ingest::FileKind::Hidden => FileKind::Hidden,
        ingest::FileKind::OfPrograms => FileKind::OfPrograms,
        ingest::FileKind::Ignored => FileKind::Ignored,
    };
    PassedOver { kind, files }
}

fn away(folder: &ingest::AwayFolder) -> AwayFolder {
    AwayFolder { folder: text(&folder.path), documents: folder.documents }
}
