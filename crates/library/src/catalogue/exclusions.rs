//! What a person has taken out of the watched folders, and a sync leaves out.

use std::collections::HashSet;
use std::path::{Path, PathBuf, absolute};

use rusqlite::Connection;

use crate::path::PathColumn;
use crate::{Library, Result};

/// Files and folders in watched folders that are left out of them.
#[derive(Debug, Clone, Default)]
pub struct Exclusions(HashSet<PathBuf>);

impl Exclusions {
    /// Whether a walk that comes to this path passes it over, with all below it.
    #[must_use]
    pub fn contain(&self, path: &Path) -> bool {
        self.0.contains(path)
    }

    /// Whether a walk through a folder comes to this path.
    #[must_use]
    pub fn let_through(&self, folder: &Path, path: &Path) -> bool {
        path.starts_with(folder)
            && !path.ancestors().take_while(|part| *part != folder).any(|part| self.contain(part))
    }
}

impl FromIterator<PathBuf> for Exclusions {
    fn from_iter<Paths: IntoIterator<Item = PathBuf>>(paths: Paths) -> Self {
        Self(paths.into_iter().collect())
    }
}

impl Library {
    /// What is left out of the watched folders: what a person has taken out, and the library's own files.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn exclusions(&self) -> Result<Exclusions> {
        let Exclusions(mut paths) = self.read(exclusions)?;
        let own = self.connections.file().parent().and_then(|directory| absolute(directory).ok());
        paths.extend(own);
        Ok(Exclusions(paths))
    }

    /// Lets a path be taken in again.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn lift_exclusion(&self, path: &Path) -> Result<()> {
        self.write_documents(|transaction| {
            transaction.execute("DELETE FROM exclusions WHERE path = ?1", [PathColumn(path)])?;
            Ok(())
        })
    }
}

pub(crate) fn exclusions(connection: &Connection) -> rusqlite::Result<Exclusions> {
    connection
        .prepare_cached("SELECT path FROM exclusions")?
        .query_map([], |row| row.get::<_, PathColumn<_>>(0).map(|PathColumn(path)| path))?
        .collect::<rusqlite::Result<_>>()
        .map(Exclusions)
}

/// Leaves out a path, or lets in what is left out at or below it.
pub(crate) fn set_exclusion(connection: &Connection, path: &Path, excluded: bool) -> rusqlite::Result<()> {
    let Exclusions(known) = exclusions(connection)?;
    for inner in known.iter().filter(|known| known.starts_with(path)) {
        connection.execute("DELETE FROM exclusions WHERE path = ?1", [PathColumn(inner)])?;
    }
    if excluded {
        connection.execute("INSERT INTO exclusions (path) VALUES (?1)", [PathColumn(path)])?;
    }
    Ok(())
}
