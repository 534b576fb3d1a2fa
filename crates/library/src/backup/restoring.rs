//! Putting a backup in the place of a library.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::{Copying, CopyingStage, OnCopying, check, replace, sealed};
use crate::part::Part;
use crate::schema::LIBRARY;
use crate::write_lock::WriteLock;
use crate::{Error, Result};

/// What a backup brought besides the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The settings that it was made with.
    pub settings: String,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
}

/// Puts a backup in the place of what the library in `directory` holds, which is created where there is none. The backup is
/// copied, checked and brought to this version's schema before anything is replaced; then all of it is there at once, also
/// for those who have the library open. `None` where it was not to go on: the library is as it was.
///
/// # Errors
/// The file is no backup or a damaged one, a newer version made it, another process changes the library, or the
/// library's folder cannot be written. The library is as it was.
pub fn restore(directory: &Path, backup: &Path, on_copying: OnCopying<'_>) -> Result<Option<Restored>> {
    fs::create_dir_all(directory).map_err(|source| Error::file(directory, source))?;
    let lock = WriteLock::new(directory, "library.lock");
    lock.acquire()?;
    let part = Part::beside(&directory.join("library.db"))?;
    if !sealed::unseal(backup, part.path(), on_copying)? {
        return Ok(None);
    }
    let at_part = |error| Error::database(part.path(), error);
    let mut copy = Connection::open(part.path()).map_err(at_part)?;
    LIBRARY.is_latest(&copy, backup)?;
    on_copying(Copying { stage: CopyingStage::Checking, done: 0, total: 0 });
    check(&copy).map_err(|_| Error::BackupDamaged(backup.to_owned()))?;
    let restored = take_settings(&copy).map_err(at_part)?;
    LIBRARY.bring_up(&mut copy, part.path())?;
    fresh_identity(&copy).map_err(at_part)?;
    Ok(replace(directory, &part, copy, on_copying)?.then_some(restored))
}

fn take_settings(copy: &Connection) -> rusqlite::Result<Restored> {
    let restored = copy.query_row("SELECT settings, made_at FROM backup", [], |row| {
        Ok(Restored { settings: row.get(0)?, made_at: row.get(1)? })
    })?;
    copy.execute_batch("DROP TABLE backup")?;
    Ok(restored)
}

/// By which the files of indexes are told apart: those that are there are of another state.
pub(crate) fn fresh_identity(copy: &Connection) -> rusqlite::Result<()> {
    copy.execute("UPDATE library SET identity = lower(hex(randomblob(16)))", []).map(drop)
}
