use std::fs;
use std::path::{Path, PathBuf};

use engine::api::commands::Shell;
use engine::api::{ApiError, Export, IndexEvent, SystemError};
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt as _;

use crate::opened::Opened;
use crate::{notification, taskbar, viewer};

/// The desktop that the window stands on.
pub struct Desktop(pub AppHandle);

impl Shell for Desktop {
    /// Among the resources of an installed app, or beside a binary that was just built: Tauri finds it there only
    /// where the folder is called `target`.
    fn sample(&self) -> Result<PathBuf, ApiError> {
        let installed = self.0.path().resolve("sample", BaseDirectory::Resource).ok();
        let built = std::env::current_exe().ok().map(|program| program.with_file_name("sample"));
        let there = [installed, built].into_iter().flatten().find(|folder| folder.is_dir());
        there.ok_or_else(|| SystemError::SampleMissing.into())
    }

    fn opened_paths(&self) -> Vec<PathBuf> {
        self.0.state::<Opened>().take_paths()
    }

    fn opened_link(&self) -> Option<String> {
        self.0.state::<Opened>().take_link()
    }

    fn indexing(&self, event: &IndexEvent) {
        taskbar::show(&self.0, event);
        notification::show(&self.0, event);
    }

    /// The person chooses in the system's own dialog: the window names no path.
    fn save(&self, export: Export) -> Result<(), ApiError> {
        let chosen = self.0.dialog().file().set_file_name(export.file_name).blocking_save_file();
        let Some(path) = chosen.and_then(|path| path.into_path().ok()) else { return Ok(()) };
        fs::write(&path, export.text).map_err(|error| {
            let path = path.to_string_lossy().into_owned();
            SystemError::NotWritten { path, detail: error.to_string() }.into()
        })
    }

    fn open(&self, document: &Path, page: Option<u32>) -> Result<(), ApiError> {
        viewer::open(document, page)
    }

    fn show_in_folder(&self, document: &Path) -> Result<(), ApiError> {
        viewer::open(document.parent().unwrap_or(document), None)
    }
}
