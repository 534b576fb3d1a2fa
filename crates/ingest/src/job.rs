//! One run over folders and files.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use extract::{Extractor, Layout};
use futures::TryFutureExt as _;
use libraries::Library;
use models::Embedder;
use tokio::sync::{OwnedMutexGuard, watch};
use tokio_util::sync::CancellationToken;

use crate::embed::embed_missing;
use crate::read::{Passwords, Reader};
use crate::roots::Roots;
use crate::{IngestError, Pause, Progress, Report};

/// What takes documents in.
#[derive(Clone)]
pub struct Ingest {
    /// Where they go.
    pub library: Arc<Library>,
    /// What reads them.
    pub extractor: Arc<Extractor>,
    /// What turns their chunks into vectors. Without it they are found by their words alone.
    pub embedder: Option<Arc<dyn Embedder>>,
    /// Where that is found, for when another one is in use; the library keeps it beside the vectors.
    pub source: Option<String>,
    /// What knows the passwords of locked files.
    pub passwords: Arc<Passwords>,
    /// What lets the work rest.
    pub pause: Arc<Pause>,
    /// Given back when the job has come to its end, though nobody waits for it any more.
    pub turn: Option<Arc<OwnedMutexGuard<()>>>,
}

impl Ingest {
    /// Takes in what is new or has changed below these folders, and these files. The folders are remembered.
    /// Files that failed before are tried again.
    ///
    /// Once `cancel` is cancelled the job ends within a moment; each document that was finished until then stays.
    ///
    /// # Errors
    /// None of the paths exists, or the library cannot be written. Whatever a single file or the embedding model does
    /// is no error of the job: see [`Report`].
    pub async fn add(
        &self,
        paths: &[PathBuf],
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        let paths = paths.to_vec();
        let read = |reader: Reader| {
            blocking(move || {
                let roots = Roots::named(&reader.library, &paths)?;
                Ok(reader.read(roots))
            })
        };
        self.run(read, progress, cancel).await
    }

    /// Looks at the remembered folders and the files added by themselves again, or at those of them that are given, and takes
    /// in only what changed.
    ///
    /// # Errors
    /// As [`Ingest::add`]. A folder that is not there or is suddenly empty, or a drive in it that is not connected, is no
    /// error: its documents are kept, and the report says so.
    pub async fn sync(
        &self,
        only: Option<Vec<PathBuf>>,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        let read = |reader: Reader| {
            blocking(move || {
                let roots = Roots::remembered(&reader.library, only.as_deref())?;
                Ok(reader.read(roots))
            })
        };
        self.run(read, progress, cancel).await
    }

    /// Embeds the chunks that have no vector of this model, and reads nothing.
    ///
    /// # Errors
    /// As [`Ingest::add`].
    pub async fn embed(
        &self,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        progress.walked.store(true, Relaxed);
        self.run(async |_| Ok(Report::default()), progress, cancel).await
    }

    /// Between jobs other processes may change the library. A job that is dropped comes to its end by itself, as if it
    /// were cancelled.
    pub(crate) async fn run<Work>(
        &self,
        read: impl FnOnce(Reader) -> Work + Send + 'static,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError>
    where
        Work: Future<Output = Result<Report, IngestError>> + Send + 'static,
    {
        let job = self.clone();
        let own_cancel = cancel.child_token();
        let _cancelled_when_dropped = own_cancel.clone().drop_guard();
        let work = tokio::spawn(async move {
            let result = job.read_and_embed(read, progress, own_cancel).await;
            job.library.release();
            result
        });
        work.await.unwrap_or_else(|_| {
            self.library.release();
            Err(IngestError::Crashed)
        })
    }

    /// Reading and embedding go on side by side, so that the first documents are whole before the last are read.
    async fn read_and_embed<Work>(
        &self,
        read: impl FnOnce(Reader) -> Work + Send,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError>
    where
        Work: Future<Output = Result<Report, IngestError>> + Send,
    {
        let (stored, on_stored) = watch::channel(());
        let reader = Reader {
            library: Arc::clone(&self.library),
            extractor: Arc::clone(&self.extractor),
            progress: Arc::clone(&progress),
            passwords: Arc::clone(&self.passwords),
            pause: Arc::clone(&self.pause),
            cancel: cancel.clone(),
            stored,
        };
        let shortened = || self.embedder.as_ref().map_or(0, |embedder| embedder.shortened());
        let shortened_before = shortened();
        let embedding = embed_missing(self, &progress, &cancel, on_stored);
        let reading = read(reader).inspect_err(|_| cancel.cancel());
        let (report, (unembedded, embedded)) = tokio::join!(reading, embedding);
        let mut report = report?;
        let mut error = report.error.take().or(embedded.err());
        report.pages = progress.pages.load(Relaxed);
        let chunks = if self.embedder.is_some() { &progress.chunks_done } else { &progress.chunks_total };
        report.chunks = chunks.load(Relaxed);
        report.shortened = shortened() - shortened_before;
        report.cancelled = cancel.is_cancelled();
        report.unembedded = unembedded;
        progress.saving.store(true, Relaxed);
        let library = Arc::clone(&self.library);
        let finish = move || {
            let is_cancelled = || cancel.is_cancelled();
            library.pack(&|layout| Layout::decode(layout).map(|layout| layout.encode()), &is_cancelled)?;
            Ok(library.save_index(&is_cancelled)?)
        };
        let finished = blocking(finish).await;
        error = error.or(finished.err());
        Ok(Report { error, ..report })
    }
}

/// Storage is synchronous; it must not hold up the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IngestError> + Send + 'static,
) -> Result<T, IngestError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| IngestError::Crashed)?
}
