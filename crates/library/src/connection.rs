//! One writing connection, where the library may be written, and a few reading ones.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};
use url::Url;

use crate::write_lock::WriteLock;
use crate::{Error, Result};

/// Readers kept open between calls; more are opened when more threads read at once.
const IDLE_READERS: usize = 4;

/// What a call waits for another process. Its longest transaction is one large document.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) struct Connections {
    file: PathBuf,
    /// None where the library may only be read.
    writer: Option<Mutex<Connection>>,
    reading: Reading,
    readers: Mutex<Vec<Connection>>,
}

/// How the reading connections are opened.
#[derive(Debug, Clone, Copy)]
enum Reading {
    /// Beside a writing connection. (A read-only handle could not recover a log that a killed process left behind.)
    BesideWriter,
    /// Beside a writing connection of another process.
    ReadOnly,
    /// Where nobody has it open, and the files that processes share may not be made.
    Immutable,
}

impl Connections {
    /// Opens the database; creates it where there is none. The lock is taken for a moment where it has no log yet.
    pub fn open(file: PathBuf, lock: &WriteLock) -> Result<Self> {
        // SQLite does not wait for another process while it turns on the log. Where the lock cannot be had, opening says
        // why.
        let _turns_on_log = if has_log(&file) { None } else { lock.acquire_for_a_moment().ok() };
        let (writer, reading) = match open_writer(&file) {
            Ok(writer) => (Some(Mutex::new(writer)), Reading::BesideWriter),
            Err(error @ (Error::ReadOnly(_) | Error::Database { .. })) => {
                (None, reading_only(&file).ok_or(error)?)
            }
            Err(error) => return Err(error),
        };
        Ok(Self { file, writer, reading, readers: Mutex::new(Vec::new()) })
    }

    /// Whether nothing can be stored.
    pub fn may_only_be_read(&self) -> bool {
        self.writer.is_none()
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Runs a query. It sees one state of the database, whatever is written meanwhile.
    pub fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.reading.open(&self.file).map_err(|error| Error::database(&self.file, error))?,
        };
        let answer = reader.unchecked_transaction().and_then(|transaction| query(&transaction));
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        answer.map_err(|error| Error::database(&self.file, error))
    }

    /// Runs a change as one transaction: all of it is stored, or nothing.
    pub fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        let mut writer = self.writer()?;
        // Immediate, because a transaction that reads first cannot wait for another writer later.
        let run = |writer: &mut Connection| {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = change(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        run(&mut writer).map_err(|error| Error::database(&self.file, error))
    }

    /// The connection that writes, for this thread alone.
    pub fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let writer = self.writer.as_ref().ok_or_else(|| Error::ReadOnly(self.file.clone()))?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Which library it is: no two have the same, nor have one before and after a backup took its place.
pub(crate) fn identity(connection: &Connection) -> rusqlite::Result<String> {
    connection.prepare_cached("SELECT identity FROM library")?.query_row([], |row| row.get(0))
}

/// Fails where the database may only be read, though SQLite would open it.
pub(crate) fn open_writer(file: &Path) -> Result<Connection> {
    let open = || {
        let connection = Connection::open(file)?;
        configure(&connection)?;
        // A new database: rows of one or two kilobytes leave a quarter of pages of the usual 4 KiB empty.
        connection.pragma_update(None, "page_size", 16 << 10)?;
        // Readers go on while documents are stored.
        connection.pragma_update(None, "journal_mode", "wal")?;
        // With a write-ahead log this survives a killed process; only a power cut may take the last documents,
        // and those are then read again. A sync at each commit would halve the rate of small documents.
        connection.pragma_update(None, "synchronous", "normal")?;
        // After a large transaction the log shrinks to this many bytes again.
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        connection.is_readonly(MAIN_DB).map(|read_only| (connection, read_only))
    };
    match open() {
        Ok((connection, false)) => Ok(connection),
        Ok((_, true)) => Err(Error::ReadOnly(file.to_owned())),
        Err(error) => Err(Error::database(file, error)),
    }
}

/// Whether the database keeps a write-ahead log, as its header says (byte 18; 1 is a rollback journal).
pub(crate) fn has_log(file: &Path) -> bool {
    let mut header = [0; 19];
    File::open(file).and_then(|mut file| file.read_exact(&mut header)).is_ok() && header[18] == 2
}

/// How the database can be read, where it may not be written.
fn reading_only(file: &Path) -> Option<Reading> {
    let log = file.with_extension("db-wal");
    let is_closed = log.metadata().map_or(true, |log| log.len() == 0);
    let ways = [Some(Reading::ReadOnly), is_closed.then_some(Reading::Immutable)];
    ways.into_iter().flatten().find(|way| {
        let tables =
            |reader: Connection| reader.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        way.open(file).and_then(tables).is_ok()
    })
}

impl Reading {
    fn open(self, file: &Path) -> rusqlite::Result<Connection> {
        let connection = match self {
            Self::BesideWriter => Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?,
            Self::ReadOnly => Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
            Self::Immutable => {
                let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
                let mut url = Url::from_file_path(&absolute)
                    .map_err(|()| rusqlite::Error::InvalidPath(absolute.clone()))?;
                url.set_query(Some("immutable=1"));
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(url.as_str(), flags)?
            }
        };
        configure(&connection)?;
        // A reader that tries to write is a mistake of ours.
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // Off by default in SQLite; pages and chunks go with their document by it.
    connection.pragma_update(None, "foreign_keys", true)?;
    // No text of a document reaches a temporary file outside the library's folder.
    connection.pragma_update(None, "temp_store", "memory")?;
    // 32 MB instead of 2: the lexical index's pages stay at hand between documents.
    connection.pragma_update(None, "cache_size", -32_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
