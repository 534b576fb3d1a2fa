//! The queue of jobs that change the library: kept in it, so that it outlives this process, and done one after the other.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ingest::Pause;
use library::JobId;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedMutexGuard, watch};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{ApiError, IndexProgress, Job, JobState, JobWork, RecognitionPlan, RequestError};
use crate::overview::{saturating, text};

/// What a job does, as it is kept. Paths are kept byte for byte.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Work {
    Add(Vec<OsString>),
    /// All that is remembered, or these of it.
    Sync(Option<Vec<OsString>>),
    ReadAgain,
    Embed,
    Recognise(RecognitionPlan),
}

impl Work {
    pub(crate) fn add(paths: Vec<PathBuf>) -> Self {
        Self::Add(paths.into_iter().map(PathBuf::into_os_string).collect())
    }

    pub(crate) fn sync_only(paths: Vec<PathBuf>) -> Self {
        Self::Sync(Some(paths.into_iter().map(PathBuf::into_os_string).collect()))
    }

    /// As it is kept.
    pub(crate) fn written(&self) -> Result<String, ApiError> {
        serde_json::to_string(self).map_err(|_| ApiError::fault())
    }

    fn shown(&self) -> JobWork {
        let texts = |paths: &[OsString]| paths.iter().map(|path| text(path.as_ref())).collect();
        match self {
            Self::Add(paths) => JobWork::Add(texts(paths)),
            Self::Sync(only) => JobWork::Sync(only.as_deref().map(texts).unwrap_or_default()),
            Self::ReadAgain => JobWork::ReadAgain,
            Self::Embed => JobWork::Embed,
            Self::Recognise(plan) => JobWork::Recognise(saturating(plan.documents.len())),
        }
    }
}

/// The jobs of this process.
#[derive(Default)]
pub(crate) struct Jobs {
    own: Mutex<BTreeMap<JobId, Arc<Own>>>,
    /// Told whenever they, or how far they are, change.
    changed: watch::Sender<()>,
    /// Held by the one that runs.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// A job that this process does.
#[derive(Default)]
pub(crate) struct Own {
    pub(crate) cancel: CancellationToken,
    pub(crate) pause: Arc<Pause>,
    progress: Mutex<Option<IndexProgress>>,
}

/// A job that waits for its turn or runs. Dropping it ends it; it is left in the library then.
pub(crate) struct Queued<'a> {
    pub(crate) id: JobId,
    pub(crate) work: Work,
    pub(crate) own: Arc<Own>,
    jobs: &'a Jobs,
}

impl Jobs {
    fn own(&self) -> MutexGuard<'_, BTreeMap<JobId, Arc<Own>>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no job runs, and keeps it so.
    pub(crate) async fn turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.turn).lock_owned().await
    }

    fn queue(&self, id: JobId, work: Work, paused: bool) -> Queued<'_> {
        let own = Arc::<Own>::default();
        own.pause.set(paused);
        self.own().insert(id, Arc::clone(&own));
        self.tell();
        Queued { id, work, own, jobs: self }
    }

    fn tell(&self) {
        self.changed.send_replace(());
    }

    /// Tells whenever a job comes, goes, or is further than before.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }
}

impl Queued<'_> {
    /// Waits for the job's turn, which it does not take while it rests. None where it was cancelled.
    pub(crate) async fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        loop {
            self.own.pause.over(&self.own.cancel).await;
            let turn = self.own.cancel.run_until_cancelled(self.jobs.turn()).await?;
            if !self.own.pause.is_set() {
                return Some(turn);
            }
        }
    }

    pub(crate) fn proceed(&self, progress: &IndexProgress) {
        *self.own.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
        self.jobs.tell();
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.own.cancel.cancel();
        self.jobs.own().remove(&self.id);
        self.jobs.tell();
    }
}

impl Engine {
    /// Puts work at the end of the queue.
    pub(crate) async fn queue(&self, work: Work) -> Result<Queued<'_>, ApiError> {
        let written = work.written()?;
        let id = self.with_library(move |library| library.add_job(&written)).await?;
        Ok(self.jobs.queue(id, work, false))
    }

    /// The first job that nobody in this process does and that does not rest.
    pub(crate) async fn left_job(&self) -> Result<Option<Queued<'_>>, ApiError> {
        let jobs = self.with_library(libraries::Library::jobs).await?;
        let own: Vec<JobId> = self.jobs.own().keys().copied().collect();
        let left = jobs.into_iter().filter(|job| !job.paused && !own.contains(&job.id));
        // Work of a later version waits for that.
        let mut known = left.filter_map(|job| Some((job.id, serde_json::from_str(&job.work).ok()?)));
        Ok(known.next().map(|(id, work)| self.jobs.queue(id, work, false)))
    }

    /// The jobs that have not come to their end, in the order in which they were asked for.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn jobs(&self) -> Result<Vec<Job>, ApiError> {
        let own = self.jobs.own().clone();
        self.with_library(move |library| {
            let mut in_use = None;
            let mut shown = Vec::new();
            for job in library.jobs()? {
                let mine = own.get(&job.id);
                let progress = mine
                    .and_then(|mine| mine.progress.lock().unwrap_or_else(PoisonError::into_inner).clone());
                let is_elsewhere =
                    mine.is_none() && !job.paused && *in_use.get_or_insert(library.is_in_use_elsewhere()?);
                let state = match (mine, &progress) {
                    _ if job.paused => JobState::Paused,
                    (Some(_), Some(_)) => JobState::Running,
                    (Some(_), None) => JobState::Waiting,
                    (None, _) if is_elsewhere => JobState::Elsewhere,
                    (None, _) => JobState::Left,
                };
                let work: Option<Work> = serde_json::from_str(&job.work).ok();
                let work = work.map_or(JobWork::Unknown, |work| work.shown());
                shown.push(Job { id: job.id.0, work, state, progress });
            }
            Ok::<_, library::Error>(shown)
        })
        .await
    }

    /// Lets a job rest once what is under way is done, or go on; it keeps resting after a restart.
    ///
    /// # Errors
    /// The job has ended, or the library cannot be written.
    pub async fn pause_job(&self, id: i64, paused: bool) -> Result<(), ApiError> {
        let id = JobId(id);
        let is_there = self.with_library(move |library| library.pause_job(id, paused)).await?;
        if let Some(own) = self.jobs.own().get(&id) {
            own.pause.set(paused);
        }
        self.jobs.tell();
        if is_there { Ok(()) } else { Err(RequestError::JobGone.into()) }
    }

    /// Ends a job, whichever process does it. Documents finished until then are kept.
    ///
    /// # Errors
    /// The job has ended, or the library cannot be written.
    pub async fn cancel_job(&self, id: i64) -> Result<(), ApiError> {
        let id = JobId(id);
        let own = self.jobs.own().get(&id).cloned();
        if let Some(own) = &own {
            own.cancel.cancel();
        }
        let is_there = self.with_library(move |library| library.remove_job(id)).await?;
        self.jobs.tell();
        if is_there || own.is_some() { Ok(()) } else { Err(RequestError::JobGone.into()) }
    }

    /// Ends all jobs of this process, those that wait included. Documents finished until then are kept.
    pub fn cancel_jobs(&self) {
        self.jobs.own().values().for_each(|own| own.cancel.cancel());
    }

    /// What another process has decided of a job of this one.
    pub(crate) async fn obey(&self, job: &Queued<'_>) {
        let id = job.id;
        let Ok(jobs) = self.with_library(libraries::Library::jobs).await else { return };
        match jobs.iter().find(|job| job.id == id) {
            Some(kept) if kept.paused != job.own.pause.is_set() => job.own.pause.set(kept.paused),
            Some(_) => {}
            None => job.own.cancel.cancel(),
        }
    }
}
