//! Where a person's library is when nothing else is said.

use std::path::PathBuf;

use crate::TeamAddress;
use crate::api::{ApiError, SystemError};

/// The platform's place for an application's data (on Linux `~/.local/share/footnote`).
///
/// # Errors
/// The system names no home folder.
pub fn default_library_directory() -> Result<PathBuf, ApiError> {
    let directories = directories::ProjectDirs::from("", "", "Footnote");
    directories.map(|directories| directories.data_dir().to_owned()).ok_or_else(|| SystemError::NoHome.into())
}

/// Where a member keeps what is theirs of a team's library: settings, and the ledger.
///
/// # Errors
/// The system names no home folder.
pub fn team_directory(address: &TeamAddress) -> Result<PathBuf, ApiError> {
    let name = address.to_string();
    let name = name.split_once("://").map_or(name.as_str(), |(_, place)| place);
    let name = name.replace(|letter: char| !letter.is_alphanumeric() && letter != '.', "-");
    Ok(default_library_directory()?.join("teams").join(name))
}
