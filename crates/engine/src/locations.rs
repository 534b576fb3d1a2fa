//! Where a person's library is when nothing else is said.

use std::path::PathBuf;

use crate::api::{ApiError, SystemError};

/// The platform's place for an application's data (on Linux `~/.local/share/footnote`).
///
/// # Errors
/// The system names no home folder.
pub fn default_library_directory() -> Result<PathBuf, ApiError> {
    let directories = directories::ProjectDirs::from("", "", "Footnote");
    directories.map(|directories| directories.data_dir().to_owned()).ok_or_else(|| SystemError::NoHome.into())
}
