//! A file that takes its place when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// A file beside the one that it is to become. It is removed when dropped before that; one that a killed process left behind is
/// written over by the next.
pub(crate) struct Part {
    path: PathBuf,
}

impl Part {
    /// For a file; nothing is there yet.
    pub fn beside(file: &Path) -> Result<Self> {
        let mut name = OsString::from(file);
        name.push(".part");
        let part = Self { path: PathBuf::from(name) };
        part.remove().map_err(|error| Error::file(&part.path, error))?;
        Ok(part)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in the place of `file`, for good also where the power goes.
    pub fn replace(&self, file: &Path) -> Result<()> {
        let replaced = || -> io::Result<()> {
            File::open(&self.path)?.sync_all()?;
            fs::rename(&self.path, file)?;
            if cfg!(unix) {
                file.parent().map_or(Ok(()), |directory| File::open(directory)?.sync_all())?;
            }
            Ok(())
        };
        replaced().map_err(|error| Error::file(file, error))
    }

    /// With the journal that SQLite may have begun for it.
    fn remove(&self) -> io::Result<()> {
        let mut journal = self.path.clone().into_os_string();
        journal.push("-journal");
        for path in [&self.path, &PathBuf::from(journal)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // The next one removes it.
        let _ = self.remove();
    }
}
