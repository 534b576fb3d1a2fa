//! Work that was asked for. A team's library does not keep it: what one member left undone is for that member to ask for again,
//! and finds what is stored already.

use std::sync::{Mutex, MutexGuard, PoisonError};

use library::{Job, JobId, Result};

use crate::TeamLibrary;

/// The work of this process, and the id of the last one asked for.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<(Vec<Job>, i64)>);

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, (Vec<Job>, i64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a job, if it is there still.
    fn change(&self, id: JobId, change: impl FnOnce(&mut Job)) -> bool {
        self.lock().0.iter_mut().find(|job| job.id == id).map(change).is_some()
    }
}

impl TeamLibrary {
    /// Keeps work that is to be done, as long as this process lasts.
    ///
    /// # Errors
    /// None.
    pub fn add_job(&self, work: &str) -> Result<JobId> {
        let mut jobs = self.jobs.lock();
        jobs.1 += 1;
        let id = JobId(jobs.1);
        jobs.0.push(Job { id, work: work.to_owned(), begun: false, paused: false });
        Ok(id)
    }

    /// The jobs of this process, in the order in which they were asked for.
    ///
    /// # Errors
    /// None.
    pub fn jobs(&self) -> Result<Vec<Job>> {
        Ok(self.jobs.lock().0.clone())
    }

    /// Notes that a job has begun. Returns whether it is there still.
    ///
    /// # Errors
    /// None.
    pub fn begin_job(&self, id: JobId) -> Result<bool> {
        Ok(self.jobs.change(id, |job| job.begun = true))
    }

    /// Notes what is left of the work of a job.
    ///
    /// # Errors
    /// None.
    pub fn set_job_work(&self, id: JobId, work: &str) -> Result<()> {
        self.jobs.change(id, |job| work.clone_into(&mut job.work));
        Ok(())
    }

    /// Notes whether a job rests. Returns whether it is there still.
    ///
    /// # Errors
    /// None.
    pub fn pause_job(&self, id: JobId, paused: bool) -> Result<bool> {
        Ok(self.jobs.change(id, |job| job.paused = paused))
    }

    /// Forgets a job. Returns whether it was there still.
    ///
    /// # Errors
    /// None.
    pub fn remove_job(&self, id: JobId) -> Result<bool> {
        let jobs = &mut self.jobs.lock().0;
        let before = jobs.len();
        jobs.retain(|job| job.id != id);
        Ok(jobs.len() < before)
    }
}
