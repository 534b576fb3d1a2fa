//! What became of the files of a job.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{AwayFolder, FailedFile, FileKind, Report};

/// What became of one file.
pub(crate) enum Outcome {
    Added,
    Updated,
    Moved,
    Unchanged,
    Failed(FailedFile),
}

/// Counts outcomes from several threads.
#[derive(Default)]
pub(crate) struct Tally(Mutex<Report>);

impl Tally {
    pub(crate) fn add(&self, outcome: Outcome) {
        let mut report = self.report();
        match outcome {
            Outcome::Added => report.added += 1,
            Outcome::Updated => report.updated += 1,
            Outcome::Moved => report.moved += 1,
            Outcome::Unchanged => report.unchanged += 1,
            Outcome::Failed(failure) => report.failures.push(failure),
        }
    }

    pub(super) fn removed(&self, documents: usize) {
        self.report().removed += u32::try_from(documents).unwrap_or(u32::MAX);
    }

    pub(super) fn passed_over(&self, kind: FileKind) {
        *self.report().passed_over.entry(kind).or_default() += 1;
    }

    /// That it cannot be looked into is then no failure of its own.
    pub(super) fn away(&self, folder: AwayFolder) {
        let mut report = self.report();
        report.failures.retain(|failure| failure.path != folder.path);
        report.away.push(folder);
    }

    pub(super) fn has_failed(&self, path: &Path) -> bool {
        self.report().failures.iter().any(|failure| failure.path == path)
    }

    pub(crate) fn into_report(self) -> Report {
        let mut report = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.failures.sort_by(|a, b| a.path.cmp(&b.path));
        report
    }

    fn report(&self) -> MutexGuard<'_, Report> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
