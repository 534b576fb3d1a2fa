//! Pages that are pictures, read by a vision model: page to picture to text, then the document once more.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use extract::{ExtractError, PagePicture};
use futures::{StreamExt as _, future, stream};
use library::{ContentHash, Document, DocumentId, Transcript};
use models::{ChatModel, Picture, transcribe};
use tokio_util::sync::CancellationToken;

use crate::job::blocking;
use crate::progress::count;
use crate::read::{Outcome, Reader, Tally, content_hash, name_of};
use crate::report::{FailedFile, PageError, UnreadPage};
use crate::{Ingest, IngestError, PicturePages, Progress, Report};

/// Pages that a model is shown at once. The endpoint may allow fewer.
const AT_ONCE: usize = 4;

/// After so many pages that failed in a row the next ones would as well.
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
        let work = |reader| Recognition { reader: Arc::new(reader), model }.run(agreed);
        self.run(work, progress, cancel).await
    }
}

struct Recognition {
    reader: Arc<Reader>,
    model: Arc<dyn ChatModel>,
}

/// A document with the pages that are read now.
struct Subject {
    document: Document,
    content: ContentHash,
    pages: Vec<u32>,
    /// Whether other pages were read before, and the document lacks their texts.
    has_waiting: bool,
}

/// What became of the pages of a document.
#[derive(Default)]
struct Pages {
    read: usize,
    unread: Vec<UnreadPage>,
    /// What keeps all further ones from being read.
    ended: Option<IngestError>,
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
    async fn run(self, agreed: Vec<Agreed>) -> Result<Report, IngestError> {
        let tally = Tally::default();
        let (mut unread_pages, mut recognition_error) = (Vec::new(), None);
        for agreed in agreed {
            if self.reader.cancel.is_cancelled() || recognition_error.is_some() {
                break;
            }
            match self.look(agreed).await? {
                Look::Nothing => {}
                Look::Failed(failure) => tally.add(Outcome::Failed(failure)),
                Look::Read(subject) => {
                    let pages = self.read_pages(&subject).await?;
                    unread_pages.extend(pages.unread);
                    recognition_error = pages.ended;
                    if pages.read > 0 || subject.has_waiting {
                        tally.add(self.take_in_again(*subject).await?);
                    }
                }
            }
            count(&self.reader.progress.files_done, 1);
        }
        let Progress { pages_to_recognise, pages_recognised, .. } = &*self.reader.progress;
        pages_recognised.store(pages_to_recognise.load(Relaxed), Relaxed);
        Ok(Report { unread_pages, recognition_error, ..tally.into_report() })
    }

    /// Transcripts belong to the bytes that the library knows, so a file with other bytes has to be synced first.
    async fn look(&self, agreed: Agreed) -> Result<Look, IngestError> {
        let (reader, model) = (Arc::clone(&self.reader), self.model.name().to_owned());
        blocking(move || {
            let library = &reader.library;
            let Some(document) = library.document(agreed.document)? else { return Ok(Look::Nothing) };
            let failed = |error: &PageError| FailedFile {
                path: document.path.clone(),
                code: error.code().to_owned(),
                reason: error.to_string(),
            };
            let content = match content_hash(&document.path) {
                Ok(content) if document.content_hash == Some(content) => content,
                Ok(_) => return Ok(Look::Failed(failed(&PageError::Changed))),
                Err(error) => {
                    let error = ExtractError::Unreadable { detail: error.to_string() };
                    return Ok(Look::Failed(failed(&PageError::Drawing(error))));
                }
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

    async fn read_pages(&self, subject: &Subject) -> Result<Pages, IngestError> {
        let Pages { mut read, mut unread, mut ended } = Pages::default();
        let mut failures = 0;
        // Pages under way are paid for: they come to their end when no more are begun.
        let has_ended = AtomicBool::new(false);
        let mut pages = stream::iter(&subject.pages)
            .take_while(|_| future::ready(!has_ended.load(Relaxed)))
            .map(|page| async move { (*page, self.read_page(subject, *page).await) })
            .buffer_unordered(AT_ONCE)
            .boxed();
        while let Some((page, result)) = pages.next().await {
            count(&self.reader.progress.pages_recognised, 1);
            let path = || subject.document.path.clone();
            match result {
                Ok(()) => (read, failures) = (read + 1, 0),
                Err(Stop::Cancelled) => has_ended.store(true, Relaxed),
                Err(Stop::Library(error)) => return Err(error),
                Err(Stop::Page(error)) => {
                    failures += 1;
                    if ended.is_none() && (error.is_of_all_pages() || failures == MOST_FAILURES) {
                        has_ended.store(true, Relaxed);
                        ended = Some(IngestError::Page { path: path(), page, error });
                    } else {
                        unread.push(UnreadPage { path: path(), page, error });
                    }
                }
            }
        }
        unread.sort_by_key(|unread| unread.page);
        Ok(Pages { read, unread, ended })
    }

    async fn read_page(&self, subject: &Subject, page: u32) -> Result<(), Stop> {
        let Reader { pause, cancel, .. } = &*self.reader;
        pause.over(cancel).await;
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
            result = work => result,
            () = cancel.cancelled() => Err(Stop::Cancelled),
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
