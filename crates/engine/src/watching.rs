//! A library that follows its folders, and ends what was left undone, while somebody has it open.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use ingest::Watch;
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{ApiError, IndexEvent, IndexOutcome, IndexProgress, IndexSummary, WatchEvent};
use crate::jobs::{Queued, Work};
use crate::overview::text;

/// How often it is asked for jobs that another process has left, or that were let go on.
const LOOK_FOR_JOBS: Duration = Duration::from_secs(2);
/// Jobs are shown so often at most.
const SHOW_EVERY: Duration = Duration::from_millis(150);

impl Engine {
    /// Does the jobs that were left undone, compares the remembered folders with what is known of them, and takes in what
    /// changes in them from then on. It ends when it is dropped, another one begins, or the library cannot be read any more.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn watch(&self, on_event: impl Fn(WatchEvent) + Send + Sync) -> Result<(), ApiError> {
        let on_event = &on_event;
        let all = async {
            tokio::try_join!(self.show_jobs(on_event), self.do_left(on_event), self.follow_folders(on_event))
        };
        // A window that was loaded again watches in the place of what it was before.
        let own = CancellationToken::new();
        let before = std::mem::replace(
            &mut *self.watching.lock().unwrap_or_else(PoisonError::into_inner),
            own.clone(),
        );
        before.cancel();
        own.run_until_cancelled(all).await.unwrap_or(Ok(((), (), ()))).map(drop)
    }

    /// Does the jobs that were left undone, and no more. Each ends with an event `Finished`.
    ///
    /// # Errors
    /// The library cannot be read, or another process changes it.
    pub async fn do_left_jobs(&self, on_event: impl Fn(IndexEvent) + Send + Sync) -> Result<(), ApiError> {
        while let Some(job) = self.left_job().await? {
            let summary = self.run_in_turn(&job, &on_event).await?;
            let is_stopped = summary.outcome == IndexOutcome::Cancelled;
            on_event(IndexEvent::Finished { summary });
            if is_stopped {
                break;
            }
        }
        Ok(())
    }

    async fn show_jobs(&self, on_event: &(impl Fn(WatchEvent) + Send + Sync)) -> Result<(), ApiError> {
        let mut changes = self.jobs.changes();
        let mut last = None;
        loop {
            let jobs = self.jobs().await?;
            if last.as_ref() != Some(&jobs) {
                on_event(WatchEvent::Jobs { jobs: jobs.clone() });
                last = Some(jobs);
            }
            tokio::time::sleep(SHOW_EVERY).await;
            // Those of another process tell nobody here.
            let _ = tokio::time::timeout(LOOK_FOR_JOBS, changes.changed()).await;
        }
    }

    async fn do_left(&self, on_event: &(impl Fn(WatchEvent) + Send + Sync)) -> Result<(), ApiError> {
        loop {
            if let Some(job) = self.left_job().await? {
                self.run_by_itself(&job, on_event).await;
            }
            tokio::time::sleep(LOOK_FOR_JOBS).await;
        }
    }

    async fn follow_folders(&self, on_event: &(impl Fn(WatchEvent) + Send + Sync)) -> Result<(), ApiError> {
        let mut watch = Watch::of(Arc::clone(&self.library));
        watch.look().await?;
        // Begun before the comparison, so that nothing changes in between.
        let mut next = Work::Sync(None);
        let mut compared: Option<Vec<PathBuf>> = None;
        loop {
            let now = watch.polled();
            if compared.as_ref() != Some(&now) {
                on_event(WatchEvent::Watching { compared: now.iter().map(|path| text(path)).collect() });
                compared = Some(now);
            }
            let job = self.queue(next).await?;
            self.run_by_itself(&job, on_event).await;
            drop(job);
            on_event(WatchEvent::Looked);
            next = Work::sync_only(watch.changed().await?);
        }
    }

    /// A job that nobody asked for is told of once it has something to do. Where another process is at work, it is left.
    async fn run_by_itself(&self, job: &Queued<'_>, on_event: &(impl Fn(WatchEvent) + Send + Sync)) {
        let told = AtomicBool::new(false);
        let tell = |event: IndexEvent| {
            if let IndexEvent::Progress { progress } = &event
                && does_something(progress)
            {
                told.store(true, Relaxed);
            }
            if told.load(Relaxed) {
                on_event(WatchEvent::Index { told: Box::new(event) });
            }
        };
        if let Ok(summary) = self.run_in_turn(job, &tell).await {
            if has_done_something(&summary) {
                told.store(true, Relaxed);
            }
            tell(IndexEvent::Finished { summary });
        }
    }
}

fn does_something(progress: &IndexProgress) -> bool {
    progress.pages + progress.chunks_total + progress.chunks_done + progress.pages_to_recognise > 0
        || progress.paused
        || progress.waiting.is_some()
}

fn has_done_something(summary: &IndexSummary) -> bool {
    summary.added + summary.updated + summary.moved + summary.removed + summary.chunks > 0
        || summary.error.is_some()
}
