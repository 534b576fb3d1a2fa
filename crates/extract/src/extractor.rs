//! The parent's side: files handed to worker processes, under limits.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;

use crate::formats::Engines;
use crate::worker::process::{Ended, Received, WorkerProcess};
use crate::worker::protocol::{Reply, Request, Task};
use crate::{ExtractError, ExtractedDocument, PagePicture, Transcript, WorkerCommand};

const MEGABYTE: u64 = 1 << 20;

/// How long a cancelled or late worker may go unnoticed.
const POLL: Duration = Duration::from_millis(20);

/// What a page costs however little stands on it.
const PAGE_BYTES: u64 = 256;

/// A page that is recognised may take this long, more than the worker lets it take.
const TIME_TO_RECOGNISE: Duration = Duration::from_secs(240);

/// What one file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest file that is read at all, in bytes.
    pub file_bytes: u64,
    /// Memory of one worker, in bytes.
    pub memory_bytes: u64,
    /// The most text that one document may give, in bytes. It is what reaches this process.
    pub text_bytes: u64,
    /// Wall-clock time for a file of no size.
    pub time: Duration,
    /// Wall-clock time added for each megabyte of the file.
    pub time_per_megabyte: Duration,
}

impl Default for Limits {
    /// Some hundred times what a usual file costs, and little enough for a laptop with 8 GB of memory.
    fn default() -> Self {
        Self {
            file_bytes: 512 * MEGABYTE,
            memory_bytes: 2048 * MEGABYTE,
            text_bytes: 256 * MEGABYTE,
            time: Duration::from_secs(60),
            time_per_megabyte: Duration::from_secs(5),
        }
    }
}

impl Limits {
    fn time_for(&self, file_bytes: u64) -> Duration {
        let megabytes = file_bytes as f64 / MEGABYTE as f64;
        self.time + self.time_per_megabyte.mul_f64(megabytes)
    }
}

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// What opens it, where it is locked.
    pub password: Option<SecretString>,
    /// What a vision model read off its pages; counts only for pages that are pictures.
    pub transcripts: Vec<Transcript>,
}

/// Reads files in worker processes. Shared between threads: as many files are read at once as threads call
/// [`Extractor::extract`]. Dropping it ends all workers.
#[derive(Debug)]
pub struct Extractor {
    command: WorkerCommand,
    limits: Limits,
    idle: Mutex<Vec<WorkerProcess>>,
}

impl Extractor {
    /// Starts no process yet; workers start when files need them and are reused.
    pub fn new(command: WorkerCommand, limits: Limits) -> Self {
        Self { command, limits, idle: Mutex::default() }
    }

    /// Reads one file and blocks until that is done. `cancelled` is asked about every 20 ms; once it says true,
    /// the worker is killed and the result is [`ExtractError::Cancelled`].
    ///
    /// # Errors
    /// Every reason why the file gave no text. A worker that dies costs this file only, which is tried once more by
    /// what has not been tried.
    pub fn extract(
        &self,
        path: &Path,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<ExtractedDocument, ExtractError> {
        self.extract_with(path, &Given::default(), cancelled)
    }

    /// As [`Extractor::extract`], with what is known of the file. Its password is tried after the empty one, given to
    /// the worker and kept nowhere.
    ///
    /// # Errors
    /// As [`Extractor::extract`]; [`ExtractError::Encrypted`] where the password is not the file's.
    pub fn extract_with(
        &self,
        path: &Path,
        given: &Given,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<ExtractedDocument, ExtractError> {
        let attempt = |engines| {
            let task = Task::Read { engines, transcripts: given.transcripts.clone() };
            let request = Request { path: path.into(), password: given.password.clone(), task };
            self.attempt(&request, cancelled).map(|answer| answer.document)
        };
        match attempt(Engines::All) {
            Ok(document) => Ok(document),
            Err(Failed { reason, by_crash: false }) => Err(reason),
            Err(Failed { reason, by_crash: true }) => match attempt(Engines::SecondOnly) {
                Err(Failed { reason: ExtractError::Cancelled, .. }) => Err(ExtractError::Cancelled),
                again => again.map_err(|_| reason),
            },
        }
    }

    /// Draws a page, counted from 1, of a PDF that may be locked with this password. Blocks as
    /// [`Extractor::extract`] does, and is cancelled in the same way.
    ///
    /// # Errors
    /// [`ExtractError::NoPdfium`], [`ExtractError::NotDrawn`], or why the file cannot be opened.
    pub fn draw(
        &self,
        path: &Path,
        page: u32,
        password: Option<&SecretString>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<PagePicture, ExtractError> {
        let request = Request { path: path.into(), password: password.cloned(), task: Task::Draw { page } };
        let answer = self.attempt(&request, cancelled).map_err(|failed| failed.reason)?;
        answer.picture.ok_or(ExtractError::NotDrawn)
    }

    fn attempt(&self, request: &Request, cancelled: &dyn Fn() -> bool) -> Result<Answer, Failed> {
        let limit = self.limits.time_for(self.checked_size(Path::new(&request.path))?);
        let mut deadline = Instant::now() + limit;
        let mut worker = self.idle_or_new_worker()?;
        let Answer { mut document, mut picture } = Answer::default();
        let mut text_bytes = 0;
        // An early return drops the worker, and that kills it.
        if worker.send(request).is_err() {
            return Err(Failed::by_crash(self.reason(worker.end())));
        }
        loop {
            if cancelled() {
                return Err(ExtractError::Cancelled.into());
            }
            if Instant::now() >= deadline {
                return Err(Failed::by_crash(ExtractError::TimedOut { seconds: limit.as_secs() }));
            }
            match worker.receive(POLL) {
                Received::Nothing => {}
                Received::Reply(Reply::Page(page)) => {
                    text_bytes += page.text.len() as u64 + PAGE_BYTES;
                    if text_bytes > self.limits.text_bytes {
                        let megabytes = self.limits.text_bytes / MEGABYTE;
                        return Err(ExtractError::TooMuchText { megabytes }.into());
                    }
                    document.pages.push(page);
                }
                Received::Reply(Reply::Recognising) => {
                    deadline = deadline.max(Instant::now() + TIME_TO_RECOGNISE);
                }
                Received::Reply(Reply::Picture(drawn)) => picture = Some(drawn),
                Received::Reply(Reply::Finished { result, panicked, memory_bytes }) => {
                    self.keep_if_small(worker, memory_bytes);
                    let info = result.map_err(|reason| Failed { reason, by_crash: panicked })?;
                    document.title = info.title;
                    document.outline = info.outline;
                    document.warnings = info.warnings;
                    return Ok(Answer { document, picture });
                }
                Received::Gone => return Err(Failed::by_crash(self.reason(worker.end()))),
            }
        }
    }

    fn checked_size(&self, path: &Path) -> Result<u64, ExtractError> {
        let metadata = std::fs::metadata(path).map_err(|error| ExtractError::unreadable(&error))?;
        match metadata.len() {
            0 => Err(ExtractError::Empty),
            size => self.check_size(size).map(|()| size),
        }
    }

    /// Whether a file of so many bytes is read at all.
    ///
    /// # Errors
    /// [`ExtractError::TooLarge`].
    pub fn check_size(&self, bytes: u64) -> Result<(), ExtractError> {
        let limit = self.limits.file_bytes;
        if bytes <= limit {
            return Ok(());
        }
        Err(ExtractError::TooLarge { megabytes: bytes / MEGABYTE, limit_megabytes: limit / MEGABYTE })
    }

    fn idle_or_new_worker(&self) -> Result<WorkerProcess, ExtractError> {
        while let Some(mut worker) = self.idle_workers().pop() {
            if worker.is_running() {
                return Ok(worker);
            }
        }
        WorkerProcess::start(&self.command, self.limits.memory_bytes)
            .map_err(|error| ExtractError::WorkerNotStarted { detail: error.to_string() })
    }

    /// A worker that has grown keeps its memory for good, so a fresh one takes over.
    fn keep_if_small(&self, worker: WorkerProcess, memory_bytes: u64) {
        if memory_bytes < self.limits.memory_bytes / 8 {
            self.idle_workers().push(worker);
        }
    }

    fn idle_workers(&self) -> MutexGuard<'_, Vec<WorkerProcess>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reason(&self, ended: Ended) -> ExtractError {
        match ended {
            Ended::OutOfMemory => {
                ExtractError::OutOfMemory { megabytes: self.limits.memory_bytes / MEGABYTE }
            }
            Ended::Otherwise => ExtractError::WorkerDied,
        }
    }
}

/// What a worker sent.
#[derive(Default)]
struct Answer {
    document: ExtractedDocument,
    picture: Option<PagePicture>,
}

/// An attempt that gave nothing.
struct Failed {
    reason: ExtractError,
    /// Whether the worker died, hung or gave up, so that another way to read the file may do better.
    by_crash: bool,
}

impl Failed {
    fn by_crash(reason: ExtractError) -> Self {
        Self { reason, by_crash: true }
    }
}

impl From<ExtractError> for Failed {
    fn from(reason: ExtractError) -> Self {
        Self { reason, by_crash: false }
    }
}
