//! One writing connection and a few reading ones.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{Error, Result};

/// Readers kept open between calls; more are opened when more threads read at once.
const IDLE_READERS: usize = 4;

/// What a call waits for another process. Its longest transaction is one large document.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) struct Connections {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Connections {
    pub fn new(file: PathBuf, writer: Connection) -> Self {
        Self { file, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Runs a query. It sees one state of the database, whatever is written meanwhile.
    pub fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(&self.file)?,
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
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // Immediate, because a transaction that reads first cannot wait for another writer later.
        let run = |writer: &mut Connection| {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = change(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        };
        run(&mut writer).map_err(|error| Error::database(&self.file, error))
    }
}

/// Opens the connection that writes; creates the database where there is none.
pub(crate) fn open_writer(file: &Path) -> Result<Connection> {
    let open = || {
        let connection = Connection::open(file)?;
        configure(&connection)?;
        // Readers go on while documents are stored.
        connection.pragma_update(None, "journal_mode", "wal")?;
        // With a write-ahead log this survives a killed process; only a power cut may take the last documents,
        // and those are then read again. A sync at each commit would halve the rate of small documents.
        connection.pragma_update(None, "synchronous", "normal")?;
        // After a large transaction the log shrinks to this many bytes again.
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        Ok(connection)
    };
    open().map_err(|error| Error::database(file, error))
}

fn open_reader(file: &Path) -> Result<Connection> {
    let open = || {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        configure(&connection)?;
        // A reader that tries to write is a mistake of ours. (A read-only file handle could not recover a
        // log that a killed process left behind.)
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    };
    open().map_err(|error| Error::database(file, error))
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
