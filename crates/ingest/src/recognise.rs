//! Pages that are pictures, read by a vision model: page to picture to text, then the document once more.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use extract::{ExtractError, PagePicture};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use library::{Coded, ContentHash, Document, DocumentId, Transcript};
use models::{ChatModel, Picture, transcribe};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::job::blocking;
use crate::progress::count;
use crate::read::{Outcome, Reader, Tally, content_hash, name_of};
use crate::report::{FailedFile, PageError, UnreadPage};
use crate::{Ingest, IngestError, PicturePages, Progress, Report};

/// Pages that a model is shown at once, and documents begun. The endpoint may allow fewer.
const AT_ONCE: usize = 4;

/// After so many pages that the model failed at in a row, it would fail at the next ones as well.
const MOST_FAILURES: usize = 3;

/// A document with those of its pages that a person has agreed to have read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The document.
    pub document: DocumentId,
    /// Counted from 1.
    pub pages: Vec<u32>,
}

impl Ingest {
    /// Has pages that are pictures read by a vision model, and takes their documents in once more with these texts.
    /// Only pages agreed upon are shown to it, and of these none that it has read before. Each text is kept as it
    /// arrives.
    ///
    /// Once `cancel` is cancelled the job ends within a moment; what was read until then is kept.
    ///
    /// # Errors
    /// The library cannot be read or written. What the model or a file does is no error of the job: see [`Report`].
    pub async fn recognise(
        &self,
        agreed: Vec<Agreed>,
        model: Arc<dyn ChatModel>,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        let pages = agreed.iter().map(|agreed| agreed.pages.len()).sum();
        count(&progress.files_total, agreed.len());
        count(&progress.pages_to_recognise, pages);
        progress.walked.store(true, Relaxed);
        let work = |reader| Recognition::new(reader, model).run(agreed);
        self.run(work, progress, cancel).await
    }
}

struct Recognition {
    reader: Arc<Reader>,
    model: Arc<dyn ChatModel>,
    /// Bound the pages of all documents together.
    slots: Semaphore,
    tally: Tally,
    unread: Mutex<Vec<UnreadPage>>,
    failures_in_a_row: AtomicUsize,
    /// What keeps all further pages from being read.
    ended: OnceLock<IngestError>,
}

/// A document with the pages that are read now.
struct Subject {
    document: Document,
    content: ContentHash,
    pages: Vec<u32>,
    /// Whether other pages were read before, and the document lacks their texts.
    has_waiting: bool,
}

/// What there is to do with a document.
enum Look {
    Nothing,
    Failed(FailedFile),
    Read(Box<Subject>),
}

/// What keeps a page from being read.
enum Stop {
    Cancelled,
    Library(IngestError),
    Page(PageError),
}

impl Recognition {
    fn new(reader: Reader, model: Arc<dyn ChatModel>) -> Self {
        Self {
            reader: Arc::new(reader),
            model,
            slots: Semaphore::new(AT_ONCE),
            tally: Tally::default(),
            unread: Mutex::default(),
            failures_in_a_row: AtomicUsize::default(),
            ended: OnceLock::new(),
        }
    }

    async fn run(self, agreed: Vec<Agreed>) -> Result<Report, IngestError> {
        let documents = stream::iter(agreed).map(|agreed| self.read_document(agreed));
        let read = documents.buffer_unordered(AT_ONCE).boxed().try_collect::<()>().await;
        let error = read.inspect_err(|_| self.reader.cancel.cancel()).err().or(self.ended.into_inner());
        let Progress { pages_to_recognise, pages_recognised, .. } = &*self.reader.progress;
        pages_recognised.store(pages_to_recognise.load(Relaxed), Relaxed);
        let mut unread_pages = self.unread.into_inner().unwrap_or_else(PoisonError::into_inner);
        unread_pages.sort_by(|a, b| (&a.path, a.page).cmp(&(&b.path, b.page)));
        Ok(Report { unread_pages, error, ..self.tally.into_report() })
    }

    fn is_over(&self) -> bool {
        self.reader.cancel.is_cancelled() || self.ended.get().is_some()
    }

    async fn read_document(&self, agreed: Agreed) -> Result<(), IngestError> {
        if self.is_over() {
            return Ok(());
        }
        match self.look(agreed).await? {
            Look::Nothing => {}
            Look::Failed(failure) => self.tally.add(Outcome::Failed(failure)),
            Look::Read(subject) => {
                let pages = stream::iter(&subject.pages).map(|page| self.read_page(&subject, *page));
                let read: Vec<bool> = pages.buffer_unordered(AT_ONCE).boxed().try_collect().await?;
                if subject.has_waiting || read.contains(&true) {
                    self.tally.add(self.take_in_again(*subject).await?);
                }
            }
        }
        count(&self.reader.progress.files_done, 1);
        Ok(())
    }

    /// Transcripts belong to the bytes that the library knows, so a file with other bytes has to be synced first.
    async fn look(&self, agreed: Agreed) -> Result<Look, IngestError> {
        let (reader, model) = (Arc::clone(&self.reader), self.model.name().to_owned());
        blocking(move || {
            let library = &reader.library;
            let Some(document) = library.document(agreed.document)? else { return Ok(Look::Nothing) };
            let failed = |error: &ExtractError| {
                Look::Failed(FailedFile { path: document.path.clone(), reason: Coded::of(error) })
            };
            let content = match content_hash(&document.path) {
                Ok(content) if document.content_hash == Some(content) => content,
                Ok(_) => return Ok(failed(&ExtractError::Changed)),
                Err(error) => return Ok(failed(&ExtractError::Unreadable { detail: error.to_string() })),
            };
            let Some(pictures) = PicturePages::of(library, &document, &model)? else {
                return Ok(Look::Nothing);
            };
            let (pages, read): (Vec<u32>, Vec<u32>) =
                agreed.pages.into_iter().partition(|page| pictures.unread.contains(page));
            reader.progress.reading(&name_of(&document.path));
            count(&reader.progress.pages_recognised, read.len());
            let has_waiting = pictures.has_waiting;
            Ok(Look::Read(Box::new(Subject { document, content, pages, has_waiting })))
        })
        .await
    }

    /// Whether it was read. Pages under way come to their end when no more are begun: they are paid for.
    async fn read_page(&self, subject: &Subject, page: u32) -> Result<bool, IngestError> {
        let _slot = self.slots.acquire().await;
        self.reader.pause.over(&self.reader.cancel).await;
        if self.is_over() {
            return Ok(false);
        }
        let result = self.transcribe(subject, page).await;
        count(&self.reader.progress.pages_recognised, 1);
        match result {
            Ok(()) => {
                self.failures_in_a_row.store(0, Relaxed);
                Ok(true)
            }
            Err(Stop::Cancelled) => Ok(false),
            Err(Stop::Library(error)) => Err(error),
            Err(Stop::Page(error)) => {
                self.note(subject.document.path.clone(), page, error);
                Ok(false)
            }
        }
    }

    fn note(&self, path: PathBuf, page: u32, error: PageError) {
        let failures = match &error {
            PageError::Model(_) => self.failures_in_a_row.fetch_add(1, Relaxed) + 1,
            PageError::Drawing(_) => 0,
        };
        if self.ended.get().is_none() && (error.is_of_all_pages() || failures >= MOST_FAILURES) {
            // Where two pages end it at once, one of them is enough to be told.
            let _ = self.ended.set(IngestError::Page { path, page, error });
        } else {
            let unread = UnreadPage { path, page, error };
            self.unread.lock().unwrap_or_else(PoisonError::into_inner).push(unread);
        }
    }

    async fn transcribe(&self, subject: &Subject, page: u32) -> Result<(), Stop> {
        let work = async {
            let picture = self.draw(subject, page).await?;
            let text = if picture.is_blank {
                String::new()
            } else {
                let picture = Picture { media_type: "image/png", bytes: picture.png };
                let read = transcribe(&*self.model, picture).await;
                read.map_err(|error| Stop::Page(PageError::Model(error)))?
            };
            self.keep(subject.content, Transcript { page, model: self.model.name().to_owned(), text }).await
        };
        tokio::select! {
            // What has arrived is kept.
            biased;
            result = work => result,
            () = self.reader.cancel.cancelled() => Err(Stop::Cancelled),
        }
    }

    async fn draw(&self, subject: &Subject, page: u32) -> Result<PagePicture, Stop> {
        let reader = Arc::clone(&self.reader);
        let (path, content): (PathBuf, ContentHash) = (subject.document.path.clone(), subject.content);
        let drawn = blocking(move || {
            let cancelled = || reader.cancel.is_cancelled();
            Ok(reader.unlocked(content, |password| {
                reader.extractor.draw(&path, page, password.as_ref(), &cancelled)
            }))
        });
        drawn.await.map_err(Stop::Library)?.map_err(|error| match error {
            ExtractError::Cancelled => Stop::Cancelled,
            error => Stop::Page(PageError::Drawing(error)),
        })
    }

    async fn keep(&self, content: ContentHash, transcript: Transcript) -> Result<(), Stop> {
        let reader = Arc::clone(&self.reader);
        let kept = blocking(move || Ok(reader.library.keep_transcript(content, &transcript)?));
        kept.await.map_err(Stop::Library)
    }

    /// With what was read of it. Cancelled, a document stays as it is until the next job.
    async fn take_in_again(
        &self,
        Subject { document, content, .. }: Subject,
    ) -> Result<Outcome, IngestError> {
        let reader = Arc::clone(&self.reader);
        blocking(move || reader.take_in_again(&document, content)).await
    }
}
