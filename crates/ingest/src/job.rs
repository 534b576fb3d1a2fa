//! One run over folders and files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use extract::Extractor;
use library::Library;
use models::Embedder;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::embed::embed_missing;
use crate::read::{Passwords, Reader, Root};
use crate::{IngestError, Pause, Progress, Report};

/// What takes documents in.
#[derive(Clone)]
pub struct Ingest {
    /// Where they go.
    pub library: Arc<Library>,
    /// What reads them.
    pub extractor: Arc<Extractor>,
    /// What turns their chunks into vectors.
    pub embedder: Arc<dyn Embedder>,
    /// What knows the passwords of locked files.
    pub passwords: Arc<Passwords>,
    /// What lets the work rest.
    pub pause: Arc<Pause>,
}

impl Ingest {
    /// Takes in what is new or has changed below these folders, and these files. The folders are remembered.
    /// Files that failed before are tried again.
    ///
    /// Once `cancel` is cancelled the job ends within a moment; each document that was finished until then stays.
    ///
    /// # Errors
    /// A path does not exist, or the library cannot be written. Whatever a single file or the embedding model does
    /// is no error of the job: see [`Report`].
    pub async fn add(
        &self,
        paths: &[PathBuf],
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        let (library, paths) = (Arc::clone(&self.library), paths.to_vec());
        let roots =
            blocking(move || paths.iter().map(|path| root(&library, path)).collect::<Result<Vec<_>, _>>())
                .await?;
        let read = |reader: Reader| blocking(move || reader.read(&roots));
        self.run(read, progress, cancel).await
    }

    /// Looks at the remembered folders and the files added by themselves again, and takes in only what changed.
    ///
    /// # Errors
    /// As [`Ingest::add`]. A folder that is not there (a drive that is not connected) is no error: its documents
    /// are kept, and the report says so.
    pub async fn sync(
        &self,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError> {
        let library = Arc::clone(&self.library);
        let roots = blocking(move || remembered(&library)).await?;
        let read = |reader: Reader| blocking(move || reader.read(&roots));
        self.run(read, progress, cancel).await
    }

    /// Between jobs other processes may change the library.
    pub(crate) async fn run<Work>(
        &self,
        read: impl FnOnce(Reader) -> Work + Send,
        progress: Arc<Progress>,
        cancel: CancellationToken,
    ) -> Result<Report, IngestError>
    where
        Work: Future<Output = Result<Report, IngestError>> + Send,
    {
        let result = self.read_and_embed(read, progress, cancel).await;
        self.library.release();
        result
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
        let shortened_before = self.embedder.shortened();
        let embedding = embed_missing(self, &progress, &cancel, on_stored);
        let (report, (unembedded, embedded)) = tokio::join!(read(reader), embedding);
        let mut report = report?;
        report.pages = progress.pages.load(Relaxed);
        report.chunks = progress.chunks_done.load(Relaxed);
        report.shortened = self.embedder.shortened() - shortened_before;
        report.cancelled = cancel.is_cancelled();
        report.unembedded = unembedded;
        report.embedding_error = embedded.err();
        progress.saving.store(true, Relaxed);
        let library = Arc::clone(&self.library);
        let finish = move || {
            if !cancel.is_cancelled() {
                library.count_words_anew()?;
            }
            Ok(library.save_index(&|| cancel.is_cancelled())?)
        };
        blocking(finish).await?;
        Ok(report)
    }
}

/// Storage is synchronous; it must not hold up the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IngestError> + Send + 'static,
) -> Result<T, IngestError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| IngestError::Crashed)?
}

/// A path that a person named.
fn root(library: &Library, path: &Path) -> Result<Root, IngestError> {
    let no_such_path = |source| IngestError::NoSuchPath { path: path.to_owned(), source };
    let absolute = std::path::absolute(path).map_err(no_such_path)?;
    let is_folder = std::fs::metadata(&absolute).map_err(no_such_path)?.is_dir();
    let around = library.folders()?.into_iter().find(|folder| absolute.starts_with(&folder.path));
    let folder = match around {
        Some(folder) => Some(folder.id),
        None if is_folder => Some(library.add_folder(&absolute)?),
        None => None,
    };
    Ok(Root { path: absolute, folder, retry_failures: true })
}

fn remembered(library: &Library) -> Result<Vec<Root>, IngestError> {
    let folders = library.folders()?.into_iter().map(|folder| (folder.path, Some(folder.id)));
    let files = library
        .documents()?
        .into_iter()
        .filter(|document| document.folder.is_none())
        .map(|file| (file.path, None));
    Ok(folders.chain(files).map(|(path, folder)| Root { path, folder, retry_failures: false }).collect())
}
