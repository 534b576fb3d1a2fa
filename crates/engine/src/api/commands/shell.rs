use std::path::{Path, PathBuf};

use super::super::{ApiError, Export, IndexEvent};

/// What commands need of the shell that carries them. The methods may block: they are called off the async threads,
/// but for [`Shell::sample`], [`Shell::opened_paths`], [`Shell::opened_link`] and [`Shell::indexing`], which are quick.
pub trait Shell: Send + Sync + 'static {
    /// The folder of the documents that come with Footnote.
    ///
    /// # Errors
    /// It is not where it was installed.
    fn sample(&self) -> Result<PathBuf, ApiError>;

    /// What the app was opened with since this was last asked.
    fn opened_paths(&self) -> Vec<PathBuf>;

    /// The `footnote://` link that the app was opened with since this was last asked, as it came.
    fn opened_link(&self) -> Option<String>;

    /// Shows the system, beside the window, where a job stands.
    fn indexing(&self, event: &IndexEvent);

    /// Writes a file where the person chooses to; nothing where they choose nothing.
    ///
    /// # Errors
    /// The file cannot be written, or the shell has no way to ask.
    fn save(&self, export: Export) -> Result<(), ApiError>;

    /// Opens a document in its own program, at a page (counted from 1) where that program can.
    ///
    /// # Errors
    /// The file is gone, or no program opens it.
    fn open(&self, document: &Path, page: Option<u32>) -> Result<(), ApiError>;

    /// Opens the folder that a document lies in.
    ///
    /// # Errors
    /// The folder is gone, or no program opens it.
    fn show_in_folder(&self, document: &Path) -> Result<(), ApiError>;
}

/// Shows each event to the system, too.
pub(super) fn told(
    shell: &impl Shell,
    send: impl Fn(IndexEvent) + Send + Sync,
) -> impl Fn(IndexEvent) + Send + Sync {
    move |event| {
        shell.indexing(&event);
        send(event);
    }
}
