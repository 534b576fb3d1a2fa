//! A backup: all that the database holds at one moment, in one file that tells whether it is whole.
//!
//! It is a SQLite database like the library's, with a table more for the settings, and a checksum of all that behind its last
//! page. The indexes are no part of it: they are made from the database again.

mod pages;
mod replacing;
mod restoring;
mod sealed;

use std::path::Path;

use rusqlite::Connection;

use crate::part::Part;
use crate::{Error, Library, Result};

pub use restoring::{Restored, restore};

pub(crate) use replacing::replace;
pub(crate) use restoring::fresh_identity;

/// How far a backup or its restoring has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copying {
    /// What is done now.
    pub stage: CopyingStage,
    /// Bytes that are done of it.
    pub done: u64,
    /// Bytes of all of it; 0 where that cannot be told.
    pub total: u64,
}

/// What is done to a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyingStage {
    /// It is copied.
    Copying,
    /// It is looked through for damage.
    Checking,
    /// It gets its checksum.
    Sealing,
    /// It is put in the library's place.
    Replacing,
}

/// Told how far it has come; whether to go on.
pub type OnCopying<'a> = &'a dyn Fn(Copying) -> bool;

impl Library {
    /// Writes a backup with these settings, in the place of a file of this name once it is whole. Searches and changes go on
    /// meanwhile; what is stored after this begins is not in it. Returns its size in bytes; `None` where it was not to go on,
    /// and nothing was written then.
    ///
    /// # Errors
    /// The library cannot be read or is damaged, or the file cannot be written.
    pub fn back_up(&self, file: &Path, settings: &str, on_copying: OnCopying<'_>) -> Result<Option<u64>> {
        let part = Part::beside(file)?;
        let at_part = |error| Error::database(part.path(), error);
        let mut copy = Connection::open(part.path()).map_err(at_part)?;
        // It is of no use before it is whole.
        copy.pragma_update(None, "journal_mode", "off").map_err(at_part)?;
        let is_copied = self.read(|connection| {
            // The transaction holds this moment from its first statement on.
            connection.query_row("SELECT identity FROM library", [], |_| Ok(()))?;
            Ok(pages::copy(connection, &mut copy, CopyingStage::Copying, on_copying))
        })?;
        if !is_copied.map_err(at_part)? {
            return Ok(None);
        }
        drop(copy);
        let copy = Connection::open(part.path()).map_err(at_part)?;
        keep_settings(&copy, settings).map_err(at_part)?;
        on_copying(Copying { stage: CopyingStage::Checking, done: 0, total: 0 });
        check(&copy).map_err(|error| Error::database(self.connections.file(), error))?;
        drop(copy);
        let Some(bytes) = sealed::seal(part.path(), on_copying)? else { return Ok(None) };
        part.replace(file)?;
        Ok(Some(bytes))
    }
}

/// Without a log of its own: the one file is all of it.
fn keep_settings(copy: &Connection, settings: &str) -> rusqlite::Result<()> {
    copy.pragma_update(None, "journal_mode", "delete")?;
    copy.execute_batch(
        "CREATE TABLE backup (made_at INTEGER NOT NULL DEFAULT (unixepoch()), settings TEXT NOT NULL)",
    )?;
    copy.execute("INSERT INTO backup (settings) VALUES (?1)", [settings]).map(drop)
}

/// An error where the pages of a database do not hang together.
pub(crate) fn check(connection: &Connection) -> rusqlite::Result<()> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        return Ok(());
    }
    let damaged = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(damaged, Some(found)))
}
