//! What left this computer: a row for each request, from before it is sent.
//!
//! It lies in a database of its own beside the library's: what was sent stays sent, also where a backup is put in the library's
//! place, and no request waits while a document is stored.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Row, params};

use crate::connection::{Connections, has_log};
use crate::id::row_id;
use crate::write_lock::WriteLock;
use crate::{Result, schema};

/// The oldest go first. They take up about 10 MB.
const KEPT: i64 = 100_000;

row_id! {
    /// A request.
    RequestId
}

/// The ledger of a library. Any process may write it at any time. Its calls block.
pub struct Ledger {
    directory: PathBuf,
    connections: Mutex<Option<Arc<Connections>>>,
}

/// What is known of a request before it is sent. Purpose and outcome are codes of the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest<'a> {
    /// Where it goes.
    pub host: &'a str,
    /// Whether that is this computer.
    pub is_local: bool,
    /// What it is for.
    pub purpose: &'a str,
    /// The model that is asked.
    pub model: Option<&'a str>,
    /// How many texts it sends.
    pub texts: u64,
    /// Their characters.
    pub characters: u64,
    /// How many pictures it sends.
    pub pictures: u64,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedRequest<'a> {
    /// How.
    pub outcome: &'a str,
    /// Tokens read and written, where the endpoint counts them.
    pub tokens: Option<(u64, u64)>,
    /// In US dollars, where it is known.
    pub cost: Option<f64>,
}

/// A request that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRequest {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Where it went.
    pub host: String,
    /// Whether that is this computer.
    pub is_local: bool,
    /// What it was for.
    pub purpose: String,
    /// The model that was asked.
    pub model: Option<String>,
    /// How many texts it sent.
    pub texts: u64,
    /// Their characters.
    pub characters: u64,
    /// How many pictures it sent.
    pub pictures: u64,
    /// How it ended; `None` while it goes on, and where Footnote ended before.
    pub outcome: Option<String>,
    /// Tokens read and written, where the endpoint counted them.
    pub tokens: Option<(u64, u64)>,
    /// In US dollars, where it is known.
    pub cost: Option<f64>,
}

/// The requests of one day, to one host, for one purpose, together.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestSum {
    /// As in `2026-11-29`, where this computer is.
    pub day: String,
    /// Where they went.
    pub host: String,
    /// Whether that is this computer.
    pub is_local: bool,
    /// What they were for.
    pub purpose: String,
    /// How many.
    pub requests: u64,
    /// The texts of all.
    pub texts: u64,
    /// Their characters.
    pub characters: u64,
    /// The pictures of all.
    pub pictures: u64,
    /// Tokens read and written, as far as they were counted.
    pub tokens: (u64, u64),
    /// In US dollars, as far as it is known; `None` where nothing of it is.
    pub cost: Option<f64>,
}

impl Ledger {
    /// Of the library in `directory`. Nothing is opened or made before it is needed.
    #[must_use]
    pub fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), connections: Mutex::default() }
    }

    /// Notes that a request is about to be sent.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(&self, request: &NewRequest<'_>) -> Result<RequestId> {
        self.open()?.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO requests (host, is_local, purpose, model, texts, characters, pictures)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    request.host,
                    request.is_local,
                    request.purpose,
                    request.model,
                    request.texts,
                    request.characters,
                    request.pictures
                ])?;
            let id = transaction.last_insert_rowid();
            transaction.prepare_cached("DELETE FROM requests WHERE id <= ?1")?.execute([id - KEPT])?;
            Ok(RequestId(id))
        })
    }

    /// Notes how it ended.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn end(&self, id: RequestId, ended: &EndedRequest<'_>) -> Result<()> {
        let (read, written) = ended.tokens.unzip();
        self.open()?.write(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE requests SET outcome = ?2, prompt_tokens = ?3, completion_tokens = ?4, cost = ?5
                     WHERE id = ?1",
                )?
                .execute(params![id, ended.outcome, read, written, ended.cost])?;
            Ok(())
        })
    }

    /// The last requests, the latest first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn requests(&self, limit: u32) -> Result<Vec<SentRequest>> {
        let Some(connections) = self.reading()? else { return Ok(Vec::new()) };
        connections.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT at, host, is_local, purpose, model, texts, characters, pictures, outcome,
                            prompt_tokens, completion_tokens, cost
                     FROM requests ORDER BY id DESC LIMIT ?1",
                )?
                .query_map([limit], sent_request)?
                .collect()
        })
    }

    /// All requests that are kept, summed by day, host and purpose, the latest day first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn sums(&self) -> Result<Vec<RequestSum>> {
        let Some(connections) = self.reading()? else { return Ok(Vec::new()) };
        connections.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT date(at, 'unixepoch', 'localtime') AS day, host, is_local, purpose, count(*), sum(texts),
                            sum(characters), sum(pictures), coalesce(sum(prompt_tokens), 0),
                            coalesce(sum(completion_tokens), 0), sum(cost)
                     FROM requests GROUP BY day, host, is_local, purpose ORDER BY day DESC, is_local, purpose, host",
                )?
                .query_map([], |row| {
                    Ok(RequestSum {
                        day: row.get(0)?,
                        host: row.get(1)?,
                        is_local: row.get(2)?,
                        purpose: row.get(3)?,
                        requests: row.get(4)?,
                        texts: row.get(5)?,
                        characters: row.get(6)?,
                        pictures: row.get(7)?,
                        tokens: (row.get(8)?, row.get(9)?),
                        cost: row.get(10)?,
                    })
                })?
                .collect()
        })
    }

    /// `None` where nothing was ever noted.
    fn reading(&self) -> Result<Option<Arc<Connections>>> {
        // Before its first table is made it is empty, and has no log.
        if !has_log(&self.file()) {
            return Ok(None);
        }
        self.open().map(Some)
    }

    fn open(&self) -> Result<Arc<Connections>> {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connections) = &*connections {
            return Ok(Arc::clone(connections));
        }
        let lock = WriteLock::new(&self.directory, "ledger.lock");
        let opened = Arc::new(Connections::open(self.file(), &lock)?);
        schema::LEDGER.migrate(&opened, &lock)?;
        *connections = Some(Arc::clone(&opened));
        Ok(opened)
    }

    fn file(&self) -> PathBuf {
        self.directory.join("ledger.db")
    }
}

fn sent_request(row: &Row<'_>) -> rusqlite::Result<SentRequest> {
    let (read, written): (Option<u64>, Option<u64>) = (row.get(9)?, row.get(10)?);
    Ok(SentRequest {
        at: row.get(0)?,
        host: row.get(1)?,
        is_local: row.get(2)?,
        purpose: row.get(3)?,
        model: row.get(4)?,
        texts: row.get(5)?,
        characters: row.get(6)?,
        pictures: row.get(7)?,
        outcome: row.get(8)?,
        tokens: read.zip(written),
        cost: row.get(11)?,
    })
}
