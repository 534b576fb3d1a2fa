//! Work that was asked for, kept until it has come to its end, so that it outlives the process that does it.

use rusqlite::params;

use crate::id::row_id;
use crate::{Error, Library, Result};

row_id! {
    /// A job.
    JobId
}

/// Work that has not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id; the lower was asked for first.
    pub id: JobId,
    /// What is to be done, in the words of whoever does it.
    pub work: String,
    /// Whether somebody does it, or did until their process ended.
    pub begun: bool,
    /// Whether it rests until a person lets it go on.
    pub paused: bool,
}

impl Library {
    /// Keeps work that is to be done.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn add_job(&self, work: &str) -> Result<JobId> {
        self.write(|transaction| {
            transaction.execute("INSERT INTO jobs (work) VALUES (?1)", [work])?;
            Ok(JobId(transaction.last_insert_rowid()))
        })
    }

    /// All jobs, in the order in which they were asked for.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn jobs(&self) -> Result<Vec<Job>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, work, begun, paused FROM jobs ORDER BY id")?
                .query_map([], |row| {
                    Ok(Job { id: row.get(0)?, work: row.get(1)?, begun: row.get(2)?, paused: row.get(3)? })
                })?
                .collect()
        })
    }

    /// Takes the right to change documents, and notes that the job has begun. The same work that was left behind is done
    /// with it. Returns whether the job is there still.
    ///
    /// # Errors
    /// Another process changes documents ([`Error::InUse`]), or the library cannot be written.
    pub fn begin_job(&self, id: JobId) -> Result<bool> {
        self.write_documents(|transaction| {
            transaction.execute(
                "DELETE FROM jobs WHERE id <> ?1 AND begun AND NOT paused
                 AND work = (SELECT work FROM jobs WHERE id = ?1)",
                [id],
            )?;
            Ok(transaction.execute("UPDATE jobs SET begun = TRUE WHERE id = ?1", [id])? == 1)
        })
    }

    /// Notes what is left of the work of a job.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn set_job_work(&self, id: JobId, work: &str) -> Result<()> {
        self.write(|transaction| {
            transaction.execute("UPDATE jobs SET work = ?2 WHERE id = ?1", params![id, work]).map(drop)
        })
    }

    /// Notes whether a job rests. Returns whether it is there still.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn pause_job(&self, id: JobId, paused: bool) -> Result<bool> {
        self.write(|transaction| {
            Ok(transaction.execute("UPDATE jobs SET paused = ?2 WHERE id = ?1", params![id, paused])? == 1)
        })
    }

    /// Forgets a job: it has ended, or is not to be done any more. Returns whether it was there still.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn remove_job(&self, id: JobId) -> Result<bool> {
        self.write(|transaction| Ok(transaction.execute("DELETE FROM jobs WHERE id = ?1", [id])? == 1))
    }

    /// Whether another process changes documents now.
    ///
    /// # Errors
    /// The lock cannot be tried.
    pub fn is_in_use_elsewhere(&self) -> Result<bool> {
        match self.write_lock.is_held_elsewhere() {
            Err(Error::ReadOnly(_)) => Ok(false),
            held => held,
        }
    }
}
