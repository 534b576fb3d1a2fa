//! Where a job stands, for whoever wants to look: counted as the work goes on, read at any time.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// The counts of one job.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files found so far.
    pub(crate) files_total: AtomicU32,
    /// Whether no more files will be found.
    pub(crate) walked: AtomicBool,
    /// Files that are through, whatever came of them.
    pub(crate) files_done: AtomicU32,
    pub(crate) failed: AtomicU32,
    pub(crate) pages: AtomicU32,
    pub(crate) pages_to_recognise: AtomicU32,
    pub(crate) pages_recognised: AtomicU32,
    /// Chunks that this job has to embed, as far as known.
    pub(crate) chunks_total: AtomicU32,
    pub(crate) chunks_done: AtomicU32,
    pub(crate) saving: AtomicBool,
    pub(crate) current: Mutex<Option<String>>,
}

/// What the counts were at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// What is being done.
    pub stage: Stage,
    /// Files found so far.
    pub files_total: u32,
    /// Files that are through, whatever came of them.
    pub files_done: u32,
    /// Files that gave a reason instead of text.
    pub files_failed: u32,
    /// Pages read.
    pub pages: u32,
    /// Pages that a vision model has to read.
    pub pages_to_recognise: u32,
    /// Those of them that are through, whatever came of them.
    pub pages_recognised: u32,
    /// Chunks to embed, as far as known.
    pub chunks_total: u32,
    /// Chunks embedded.
    pub chunks_done: u32,
    /// The name of a file being read.
    pub current: Option<String>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Files are still being found; reading goes on meanwhile.
    #[default]
    Walking,
    /// All files are known; they are read and embedded.
    Reading,
    /// A vision model reads pages; documents of which all are through are embedded.
    Recognising,
    /// All files are read; the rest is embedded.
    Embedding,
    /// The vector index is written.
    Saving,
}

impl Progress {
    /// The counts now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let (files_total, files_done) = (self.files_total.load(Relaxed), self.files_done.load(Relaxed));
        let (to_recognise, recognised) =
            (self.pages_to_recognise.load(Relaxed), self.pages_recognised.load(Relaxed));
        let stage = if self.saving.load(Relaxed) {
            Stage::Saving
        } else if !self.walked.load(Relaxed) {
            Stage::Walking
        } else if recognised < to_recognise {
            Stage::Recognising
        } else if files_done < files_total {
            Stage::Reading
        } else {
            Stage::Embedding
        };
        Snapshot {
            stage,
            files_total,
            files_done,
            files_failed: self.failed.load(Relaxed),
            pages: self.pages.load(Relaxed),
            pages_to_recognise: to_recognise,
            pages_recognised: recognised,
            chunks_total: self.chunks_total.load(Relaxed),
            chunks_done: self.chunks_done.load(Relaxed),
            current: self
                .current()
                .filter(|_| matches!(stage, Stage::Walking | Stage::Reading | Stage::Recognising)),
        }
    }

    fn current(&self) -> Option<String> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn reading(&self, name: &str) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(name.to_owned());
    }
}

/// Adds to one of the counts.
pub(crate) fn count(counter: &AtomicU32, more: usize) {
    counter.fetch_add(u32::try_from(more).unwrap_or(u32::MAX), Relaxed);
}
