//! Putting one database in the place of another.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{CopyingStage, OnCopying, pages};
use crate::connection::open_writer;
use crate::part::Part;
use crate::schema::LIBRARY;
use crate::{Error, Result};

/// Puts a database, which is open as `copy`, in the place of the library's: through SQLite where that can be used, so that
/// whoever has it open sees either all of the old one or all of the new one; else in the place of its file, which is kept
/// beside it under another name. Returns whether it was to go on; else nothing was changed.
///
/// # Errors
/// The library's database is of a newer version, or cannot be written; it is as it was.
pub(crate) fn replace(
    directory: &Path,
    part: &Part,
    copy: Connection,
    on_copying: OnCopying<'_>,
) -> Result<bool> {
    let file = directory.join("library.db");
    if !file.exists() {
        return take_the_place(part, copy, &file).map(|()| true);
    }
    match open_writer(&file) {
        Ok(mut target) => match copy_over(part, &copy, (&file, &mut target), on_copying) {
            Err(Error::Damaged { .. }) => {
                drop(target);
                take_the_place(part, copy, &file).map(|()| true)
            }
            copied => copied,
        },
        Err(Error::Damaged { .. }) => take_the_place(part, copy, &file).map(|()| true),
        Err(error) => Err(error),
    }
}

fn copy_over(
    part: &Part,
    copy: &Connection,
    (file, target): (&Path, &mut Connection),
    on_copying: OnCopying<'_>,
) -> Result<bool> {
    let at_target = |error| Error::database(file, error);
    LIBRARY.is_latest(target, file)?;
    let page = pages::page_size(target).map_err(at_target)?;
    let at_part = |error| Error::database(part.path(), error);
    if pages::page_size(copy).map_err(at_part)? != page {
        // SQLite keeps the size of the pages of a database with a log.
        copy.pragma_update(None, "page_size", page)
            .and_then(|()| copy.execute_batch("VACUUM"))
            .map_err(at_part)?;
    }
    let is_copied = pages::copy(copy, target, CopyingStage::Replacing, on_copying).map_err(at_target)?;
    if is_copied {
        // What the log holds is safe; where it cannot be emptied now, somebody still reads the old state.
        let _ = target.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
    Ok(is_copied)
}

/// For a database that cannot be used, or is not there. Its log belongs to nothing else.
fn take_the_place(part: &Part, copy: Connection, file: &Path) -> Result<()> {
    drop(copy);
    for ending in ["", "-wal", "-shm"] {
        let (old, kept) = (with_ending(file, ending), with_ending(file, &format!("{ending}.damaged")));
        match fs::rename(&old, &kept) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::file(&old, error)),
            _ => {}
        }
    }
    part.replace(file)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
