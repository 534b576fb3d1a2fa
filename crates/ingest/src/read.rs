//! Files to documents in the library: the part of a job that blocks.

mod changes;
mod content;
mod page_labels;
mod printed_numbers;
mod tally;
mod title;

use std::collections::{HashMap, HashSet, VecDeque};
use std::iter::repeat_n;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use extract::{ExtractError, ExtractedDocument, Extractor, Given};
use futures::executor::block_on;
use libraries::Library;
use library::{Coded, ContentHash, Document, DocumentState, NewFailure};
use secrecy::SecretString;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::progress::count;
use crate::roots::{Root, Roots};
use crate::walk::{Found, FoundFile, Unreadable, walk};
use crate::{FailedFile, FileKind, IngestError, Pause, Progress, Report};
pub use changes::content_hash;
use changes::{Change, change};
pub(crate) use content::name_of;
pub(crate) use tally::{Outcome, Tally};

/// Files read at once at most: each takes a worker process with a memory limit of its own.
const MAX_THREADS: usize = 4;

/// Files found ahead of those being read: so many that a person is told at once how many there are, and that their names
/// take a few megabytes.
const FOUND_AHEAD: usize = 16_384;

/// How often files that another worker reads are looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Knows the password of the file with this content, if anybody has told it. May block.
pub type Passwords = dyn Fn(ContentHash) -> Option<SecretString> + Send + Sync;

/// What the reading of one job needs.
pub(crate) struct Reader {
    pub(crate) library: Arc<Library>,
    pub(crate) extractor: Arc<Extractor>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) pause: Arc<Pause>,
    pub(crate) cancel: CancellationToken,
    /// Told after each document.
    pub(crate) stored: watch::Sender<()>,
}

/// What the walk came to besides files.
#[derive(Default)]
pub(crate) struct Walked {
    /// The files that are there to read.
    files: HashSet<PathBuf>,
    /// The folders at which other drives begin.
    mount_points: Vec<PathBuf>,
    /// Files and folders that rules leave out, where a file may have been taken in before there were the rules.
    ignored: HashSet<PathBuf>,
}

/// All that the library had when a job began, by path: asked for file by file, it would take longer than the walk.
type Known = HashMap<PathBuf, Document>;

/// What the walk hands to the threads that read.
type ToRead = (Root, Result<FoundFile, Unreadable>);

/// Files that another worker reads into the same library.
type Elsewhere = Mutex<VecDeque<(Root, FoundFile)>>;

impl Reader {
    /// Reads everything below the roots. Whatever a file does costs that file only; an error of the library ends the
    /// job.
    pub(crate) fn read(&self, roots: Roots) -> Report {
        let tally = Tally::default();
        let stop = self.cancel.child_token();
        let (send, receive) = sync_channel::<ToRead>(FOUND_AHEAD);
        // Held by the readers alone: when the last of them ends, what sends is told.
        let receive = Arc::new(Mutex::new(receive));
        let elsewhere = Elsewhere::default();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS);
        let labelled = page_labels::look_up(&self.library, &self.cancel);
        let known = self.known();
        let read = known.and_then(|known| {
            thread::scope(|scope| {
                let (known, elsewhere, tally, stop) = (&known, &elsewhere, &tally, &stop);
                let reader = |receive: Arc<Mutex<Receiver<ToRead>>>| {
                    let work = move || {
                        self.read_found(&receive, known, elsewhere, tally, stop)?;
                        drop(receive);
                        self.follow_elsewhere(elsewhere, tally, stop)
                    };
                    scope.spawn(move || work().inspect_err(|_| stop.cancel()))
                };
                let readers: Vec<_> = repeat_n(receive, threads).map(reader).collect();
                let walked = self.find(&roots, &send, tally, stop);
                drop(send);
                let mut ends =
                    readers.into_iter().map(|reader| reader.join().map_err(|_| IngestError::Crashed)?);
                ends.try_for_each(|end| end).map(|()| walked)
            })
        });
        let done = labelled.and(read).and_then(|walked| match self.cancel.is_cancelled() {
            true => Ok(()),
            false => changes::remove_vanished(&self.library, &roots, &walked, &tally),
        });
        let error = done.inspect_err(|_| self.cancel.cancel()).err();
        Report { missing: roots.missing, error, ..tally.into_report() }
    }

    fn known(&self) -> Result<Known, IngestError> {
        let documents = self.library.documents()?.into_iter();
        Ok(documents.map(|document| (document.path.clone(), document)).collect())
    }

    /// Sends what there is to read.
    fn find(
        &self,
        roots: &Roots,
        send: &SyncSender<ToRead>,
        tally: &Tally,
        stop: &CancellationToken,
    ) -> Walked {
        let mut walked = Walked::default();
        for root in &roots.roots {
            for found in walk(&root.path, &roots.exclusions) {
                let found = match found {
                    Found::File(file) => {
                        walked.files.insert(file.path.clone());
                        Ok(file)
                    }
                    Found::Unreadable(unreadable) => Err(unreadable),
                    Found::PassedOver(kind) => {
                        tally.passed_over(kind);
                        continue;
                    }
                    Found::LeftOut { path, kind } => {
                        if kind == FileKind::Ignored {
                            walked.ignored.insert(path);
                        }
                        tally.passed_over(kind);
                        continue;
                    }
                    Found::MountPoint(path) => {
                        walked.mount_points.push(path);
                        continue;
                    }
                };
                count(&self.progress.files_total, 1);
                if stop.is_cancelled() || send.send((root.clone(), found)).is_err() {
                    return walked;
                }
            }
        }
        self.progress.walked.store(true, Relaxed);
        walked
    }

    /// What each thread does until nothing is left.
    fn read_found(
        &self,
        receive: &Mutex<Receiver<ToRead>>,
        known: &Known,
        elsewhere: &Elsewhere,
        tally: &Tally,
        stop: &CancellationToken,
    ) -> Result<(), IngestError> {
        loop {
            let next = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((root, found)) = next else { return Ok(()) };
            block_on(self.pause.over(stop));
            if stop.is_cancelled() {
                continue;
            }
            match found {
                Ok(file) => match self.take_in(&root, &file, known.get(&file.path))? {
                    Some(outcome) => self.add(tally, outcome),
                    None => {
                        elsewhere.lock().unwrap_or_else(PoisonError::into_inner).push_back((root, file));
                    }
                },
                Err(unreadable) => self.add(tally, self.unreadable(&root, unreadable)?),
            }
        }
    }

    /// Waits until others have stored what they read, and reads what they have given back.
    fn follow_elsewhere(
        &self,
        elsewhere: &Elsewhere,
        tally: &Tally,
        stop: &CancellationToken,
    ) -> Result<(), IngestError> {
        while !stop.is_cancelled() {
            let next = elsewhere.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((root, file)) = next else { break };
            let known = self.library.known_document(&file.path)?;
            match self.take_in(&root, &file, known.as_ref())? {
                Some(outcome) => self.add(tally, outcome),
                None => {
                    elsewhere.lock().unwrap_or_else(PoisonError::into_inner).push_back((root, file));
                    thread::sleep(LOOK_AGAIN);
                }
            }
        }
        Ok(())
    }

    fn add(&self, tally: &Tally, outcome: Outcome) {
        if matches!(outcome, Outcome::Failed(_)) {
            count(&self.progress.failed, 1);
        }
        count(&self.progress.files_done, 1);
        tally.add(outcome);
    }

    /// `None` where another worker reads the file.
    fn take_in(
        &self,
        root: &Root,
        file: &FoundFile,
        known: Option<&Document>,
    ) -> Result<Option<Outcome>, IngestError> {
        // Without its hash, for which all of it would have to be read.
        if let Err(error) = self.extractor.check_size(file.size) {
            return self.fail(root, file, None, &error).map(Some);
        }
        let (hash, known) = match change(&self.library, root, file, known)? {
            Change::None => return Ok(Some(Outcome::Unchanged)),
            Change::StillFailing(failure) => return Ok(Some(Outcome::Failed(failure))),
            Change::Moved => return Ok(Some(Outcome::Moved)),
            Change::Unreadable(error) => return self.fail(root, file, None, &error).map(Some),
            Change::Content { hash, known } => (hash, known),
        };
        if !self.library.claim(&file.path)? {
            return Ok(None);
        }
        // Another worker may have stored it since.
        let stored = self.library.known_document(&file.path)?;
        let is_stored =
            |stored: Document| stored.state == DocumentState::Indexed && stored.content_hash == Some(hash);
        if stored.is_some_and(is_stored) {
            return Ok(Some(Outcome::Unchanged));
        }
        self.progress.reading(&name_of(&file.path));
        self.read_file(root, file, hash, known).map(Some)
    }

    /// Reads a document of the library once more, changed or not.
    pub(crate) fn take_in_again(
        &self,
        document: &Document,
        content: ContentHash,
    ) -> Result<Outcome, IngestError> {
        let Document { path, size, mtime_ns, folder, .. } = document.clone();
        let root = Root { path: path.clone(), folder, retry_failures: true };
        let known = document.state == DocumentState::Indexed;
        self.read_file(&root, &FoundFile { path, size, modified_ns: mtime_ns }, content, known)
    }

    fn read_file(
        &self,
        root: &Root,
        file: &FoundFile,
        hash: ContentHash,
        known: bool,
    ) -> Result<Outcome, IngestError> {
        match self.extract(&file.path, hash)? {
            Ok(mut extracted) => {
                extracted.title = title::title_of(&extracted, &name_of(&file.path));
                page_labels::settle(&mut extracted.pages);
                let document = content::new_document(root, file, hash, &extracted);
                self.library.store_document(&document)?;
                count(&self.progress.pages, document.pages.len());
                count(&self.progress.chunks_total, document.chunks.len());
                self.stored.send_replace(());
                Ok(if known { Outcome::Updated } else { Outcome::Added })
            }
            Err(ExtractError::Cancelled) => Ok(Outcome::Unchanged),
            Err(error) => self.fail(root, file, Some(hash), &error),
        }
    }

    fn extract(
        &self,
        path: &Path,
        content: ContentHash,
    ) -> Result<Result<ExtractedDocument, ExtractError>, IngestError> {
        let cancelled = || self.cancel.is_cancelled();
        let transcripts = content::transcripts(&self.library, content)?;
        Ok(self.unlocked(content, |password| {
            let given = Given { password, transcripts: transcripts.clone() };
            self.extractor.extract_with(path, &given, &cancelled)
        }))
    }

    /// Tries without the password first: it is asked for only where the file does not open without one.
    pub(crate) fn unlocked<T>(
        &self,
        content: ContentHash,
        open: impl Fn(Option<SecretString>) -> Result<T, ExtractError>,
    ) -> Result<T, ExtractError> {
        let result = open(None);
        if !matches!(result, Err(ExtractError::Encrypted)) {
            return result;
        }
        match (self.passwords)(content) {
            None => result,
            password => open(password),
        }
    }

    fn fail(
        &self,
        root: &Root,
        file: &FoundFile,
        hash: Option<ContentHash>,
        error: &ExtractError,
    ) -> Result<Outcome, IngestError> {
        let failure = NewFailure {
            path: file.path.clone(),
            folder: root.folder,
            format: content::format_of(&file.path),
            size: file.size,
            mtime_ns: file.modified_ns,
            content_hash: hash,
            pages: match error {
                ExtractError::NoText { pages, .. } => *pages,
                _ => 0,
            },
            reason: Coded::of(error),
        };
        self.library.record_failure(&failure)?;
        Ok(Outcome::Failed(FailedFile { path: failure.path, reason: failure.reason }))
    }

    /// A folder without rights, or a file that vanished between two looks.
    fn unreadable(&self, root: &Root, unreadable: Unreadable) -> Result<Outcome, IngestError> {
        let error = ExtractError::Unreadable { detail: unreadable.error.to_string() };
        let file = FoundFile { path: unreadable.path, size: 0, modified_ns: 0 };
        // The documents of a folder that is not there now are kept, so that it is no failed document itself.
        if file.path == root.path {
            return Ok(Outcome::Failed(FailedFile { path: file.path, reason: Coded::of(&error) }));
        }
        self.fail(root, &file, None, &error)
    }
}
