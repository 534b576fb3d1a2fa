//! Where other drives were connected in the watched folders.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::path::PathColumn;
use crate::{Library, Result};

impl Library {
    /// The folders below this one at which another drive began when it was last looked at, by path.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn mount_points(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        self.read(|connection| mount_points(connection, folder))
    }

    /// Remembers where other drives begin below a folder, in place of what was known.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn set_mount_points(&self, folder: &Path, points: &[PathBuf]) -> Result<()> {
        self.write_documents(|transaction| {
            forget_mount_points(transaction, folder)?;
            for point in points {
                transaction.execute("INSERT INTO mount_points (path) VALUES (?1)", [PathColumn(point)])?;
            }
            Ok(())
        })
    }
}

fn mount_points(connection: &Connection, folder: &Path) -> rusqlite::Result<Vec<PathBuf>> {
    let mut points = connection
        .prepare_cached("SELECT path FROM mount_points")?
        .query_map([], |row| row.get::<_, PathColumn<_>>(0).map(|PathColumn(path)| path))?
        .collect::<rusqlite::Result<Vec<PathBuf>>>()?;
    points.retain(|point| point.starts_with(folder));
    points.sort();
    Ok(points)
}

/// Forgets this folder and those below it.
pub(crate) fn forget_mount_points(connection: &Connection, folder: &Path) -> rusqlite::Result<()> {
    for point in mount_points(connection, folder)? {
        connection.execute("DELETE FROM mount_points WHERE path = ?1", [PathColumn(point)])?;
    }
    Ok(())
}
