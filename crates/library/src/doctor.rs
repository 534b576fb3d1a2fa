//! Looking a library through for what is wrong with it, and mending that.

mod database;
mod indexes;
mod salvage;

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

use crate::connection::open_writer;
use crate::schema::LIBRARY;
use crate::write_lock::WriteLock;
use crate::{Error, Library, Result};

/// What was wrong with a library, and is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Mended {
    /// The database was damaged. What could be read of it is in a new one, and the old one lies beside it.
    Salvaged {
        /// Rows that are there again.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        rows: u64,
        /// Rows that could not be read, as far as they can be counted.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        lost: u64,
    },
    /// Indexes inside the database did not agree with its tables, and were made anew.
    Reindexed,
    /// Rows that belonged to nothing were removed.
    Orphans {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        rows: u64,
    },
    /// Documents of which pages or chunks are missing are read again by the next sync.
    Incomplete {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        documents: u64,
    },
    /// Vectors that no chunk has any more were forgotten.
    UnusedVectors {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        vectors: u64,
    },
    /// Vectors that are not of their space's length were forgotten: their texts are embedded again by the next job.
    BrokenVectors {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        vectors: u64,
    },
    /// The words of conversations were taken in again.
    ConversationWords,
    /// The index of words lacked documents, or held others: those were taken in again.
    Words {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        documents: u64,
    },
    /// The files of the index of words could not be used, and were made anew.
    WordFiles,
    /// The index of vectors, or a part of it, could not be used and was made anew.
    VectorFiles,
    /// Jobs whose process ended before them wait for their turn again, each once.
    Jobs {
        /// How many.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        jobs: u64,
    },
    /// What a killed process left behind was removed.
    Leftovers {
        /// Its bytes.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        bytes: u64,
    },
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examining {
    /// The pages of the database.
    Pages,
    /// What its rows say of each other.
    Rows,
    /// Whether the indexes hold what the database does.
    Indexes,
}

/// Looks a library through, mends what is wrong with it and returns that. The library need not open: its database may be
/// damaged. Others may search it meanwhile.
///
/// # Errors
/// Nothing in the database can be read, another process changes the library, a newer version wrote it, or it cannot be written.
pub fn examine(directory: &Path, on_examining: &dyn Fn(Examining)) -> Result<Vec<Mended>> {
    let file = directory.join("library.db");
    if !file.exists() {
        return Err(Error::file(&file, std::io::ErrorKind::NotFound.into()));
    }
    let lock = WriteLock::new(directory, "library.lock");
    lock.acquire()?;
    let mut mended = Vec::new();
    mended.extend(leftovers(&file));
    on_examining(Examining::Pages);
    let damage = pages(&file)?;
    if damage == Some(Damage::Pages) {
        mended.push(salvage::salvage(directory, &file)?);
    }
    mended.extend((damage == Some(Damage::Indexes)).then_some(Mended::Reindexed));
    on_examining(Examining::Rows);
    let mut writer = open_writer(&file)?;
    LIBRARY.bring_up(&mut writer, &file)?;
    mended.extend(database::mend(&mut writer).map_err(|error| Error::database(&file, error))?);
    drop((writer, lock));
    on_examining(Examining::Indexes);
    let has_vector_files = directory.join("index").exists();
    let library = Library::open(directory)?;
    library.wait_for_words()?;
    mended.extend(library.words.is_made_anew().then_some(Mended::WordFiles));
    mended.extend(library.mend_words()?);
    let is_mended = library.index.check(&library.connections)?;
    mended.extend((is_mended && has_vector_files).then_some(Mended::VectorFiles));
    mended.extend(library.forget_unused_vectors()?);
    library.save_index(&|| false)?;
    Ok(mended)
}

#[derive(PartialEq, Eq)]
enum Damage {
    Pages,
    /// Mended by making them anew.
    Indexes,
}

fn pages(file: &Path) -> Result<Option<Damage>> {
    let writer = match open_writer(file) {
        Ok(writer) => writer,
        Err(Error::Damaged { .. }) => return Ok(Some(Damage::Pages)),
        Err(error) => return Err(error),
    };
    match LIBRARY.is_latest(&writer, file) {
        Err(error @ Error::NewerSchema { .. }) => return Err(error),
        Err(_) => return Ok(Some(Damage::Pages)),
        Ok(_) => {}
    }
    if is_sound(&writer) {
        return Ok(None);
    }
    let is_mended = writer.execute_batch("REINDEX").is_ok() && is_sound(&writer);
    Ok(Some(if is_mended { Damage::Indexes } else { Damage::Pages }))
}

fn is_sound(connection: &Connection) -> bool {
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    found.is_ok_and(|found| found == "ok")
}

fn leftovers(file: &Path) -> Option<Mended> {
    let mut bytes = 0;
    for ending in [".part", ".part-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let length = fs::metadata(&name).map_or(0, |found| found.len());
        bytes += if fs::remove_file(&name).is_ok() { length } else { 0 };
    }
    (bytes > 0).then_some(Mended::Leftovers { bytes })
}
