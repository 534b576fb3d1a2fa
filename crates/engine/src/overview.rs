//! What the library holds.

use std::path::Path;

use answer::title;
use ingest::{PicturePages, is_away};
use libraries::Library;
use library::{Document, DocumentState, Exclusions, Folder, IndexOrigin, IndexReport};

use crate::api::{
    ApiError, DocumentSummary, FolderSummary, IndexState, IndexStatus, LibraryStatus, Role, Sizes,
};
use crate::{Engine, failures};

const NANOSECONDS: i64 = 1_000_000_000;

impl Engine {
    /// What the library holds.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn status(&self) -> Result<LibraryStatus, ApiError> {
        let models = self.models();
        let own = models.embedder.clone();
        let read = move |library: &Library| {
            let vectors =
                own.map_or(Ok(0), |own| library.embedded_chunks(own.name(), own.passage_instruction()))?;
            Ok::<_, library::Error>((library.status()?, vectors))
        };
        let (status, vectors) = self.with_library(read).await?;
        let searched_by = self.searched_by(&models).await?;
        Ok(LibraryStatus {
            folders: status.folders.iter().map(|folder| text(&folder.path)).collect(),
            documents: status.documents,
            pages: status.pages,
            chunks: status.chunks,
            vectors,
            searched_by,
            failures: status.failures.iter().filter_map(failures::of_document).collect(),
            index: index_status(status.index.as_ref()),
            sizes: Sizes { database: status.database_bytes, index: status.index_bytes },
            models: models.in_use().clone(),
            second_opinions: models.second_opinions,
        })
    }

    /// The documents, failed ones included, in the order of their paths; only those that have changed at this moment (in
    /// seconds since 1970) or later, where one is given.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn documents(&self, since: Option<i64>) -> Result<Vec<DocumentSummary>, ApiError> {
        let vision = self.models().in_use().get(&Role::ReadPages).map(|model| model.name.clone());
        self.with_library(move |library| documents(library, since, vision.as_deref())).await
    }

    /// The watched folders, in the order of their paths.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn folders(&self) -> Result<Vec<FolderSummary>, ApiError> {
        self.with_library(folders).await
    }
}

fn documents(
    library: &Library,
    since: Option<i64>,
    vision: Option<&str>,
) -> Result<Vec<DocumentSummary>, library::Error> {
    let mut documents = match since {
        Some(moment) => library.documents_changed_since(moment)?,
        None => library.documents()?,
    };
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    let summaries = documents.iter().map(|document| {
        let pictures = match vision {
            Some(model) => PicturePages::of(library, document, model)?,
            None => None,
        };
        Ok(summary(document, pictures.is_some()))
    });
    summaries.collect()
}

fn folders(library: &Library) -> Result<Vec<FolderSummary>, library::Error> {
    let (documents, exclusions) = (library.documents()?, library.exclusions()?);
    let folders = library.folders()?;
    Ok(folders.iter().map(|folder| folder_summary(folder, &documents, &exclusions)).collect())
}

fn folder_summary(folder: &Folder, documents: &[Document], exclusions: &Exclusions) -> FolderSummary {
    let inside = documents.iter().filter(|document| document.folder == Some(folder.id));
    let (indexed, failed): (Vec<_>, Vec<_>) =
        inside.partition(|document| document.state == DocumentState::Indexed);
    FolderSummary {
        path: text(&folder.path),
        away: indexed.len() + failed.len() > 0 && is_away(&folder.path, exclusions),
        documents: indexed.len() as u32,
        failed: failed.len() as u32,
    }
}

fn summary(document: &Document, recognisable: bool) -> DocumentSummary {
    DocumentSummary {
        id: document.id.0,
        path: text(&document.path),
        title: title(document.title.as_deref(), &document.path),
        pages: document.page_count,
        size: document.size,
        modified_at: document.mtime_ns.div_euclid(NANOSECONDS),
        failure: failures::of_document(document),
        warnings: document.warnings.iter().map(failures::warning).collect(),
        recognisable,
        changed_at: document.recorded_at,
    }
}

fn index_status(report: Option<&IndexReport>) -> IndexStatus {
    let Some(report) = report else {
        return IndexStatus { state: IndexState::Empty, vectors: 0, seconds: 0.0 };
    };
    let state = match report.origin {
        IndexOrigin::Loaded => IndexState::Loaded,
        IndexOrigin::CaughtUp { .. } => IndexState::CaughtUp,
        IndexOrigin::Rebuilt { .. } => IndexState::Rebuilt,
    };
    IndexStatus { state, vectors: saturating(report.count), seconds: report.seconds }
}

pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A count as the shells have it.
pub(crate) fn saturating(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
