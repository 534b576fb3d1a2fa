use std::path::{Path, PathBuf};

use engine::api::commands::Shell;
use engine::api::{ApiError, Export, IndexEvent, SystemError};

/// The documents that come with Footnote.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src-tauri/sample");

/// A browser in place of the desktop: it opens with nothing, and no other program is started, because a test has
/// no one to look at it. What the window would be told is told.
pub struct Browser;

impl Shell for Browser {
    fn sample(&self) -> Result<PathBuf, ApiError> {
        Ok(SAMPLE.into())
    }

    fn opened_paths(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn opened_link(&self) -> Option<String> {
        None
    }

    fn indexing(&self, _event: &IndexEvent) {}

    fn save(&self, _export: Export) -> Result<(), ApiError> {
        Err(SystemError::NoSaveDialog.into())
    }

    fn open(&self, _document: &Path, _page: Option<u32>) -> Result<(), ApiError> {
        Ok(())
    }

    fn show_in_folder(&self, _document: &Path) -> Result<(), ApiError> {
        Ok(())
    }
}
