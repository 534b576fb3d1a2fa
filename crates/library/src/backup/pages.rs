//! Copying a database page by page.

use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::ffi::{Error, SQLITE_BUSY};

use super::{Copying, CopyingStage, OnCopying};

/// At a time: some megabytes.
const PAGES: i32 = 256;

/// How long a writer of the target is waited for, as elsewhere.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// Copies all of one database over another one, in one transaction of each. Returns whether it was to go on; else the target
/// is as it was.
pub fn copy(
    source: &Connection,
    target: &mut Connection,
    stage: CopyingStage,
    on_copying: OnCopying<'_>,
) -> rusqlite::Result<bool> {
    let page = page_size(source)?;
    let backup = Backup::new(source, target)?;
    let mut waited = Duration::ZERO;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => return Ok(true),
            StepResult::More => {
                let progress = backup.progress();
                let bytes = |pages: i32| u64::try_from(pages).unwrap_or_default() * page;
                let (total, left) = (bytes(progress.pagecount), bytes(progress.remaining));
                if !on_copying(Copying { stage, done: total - left, total }) {
                    return Ok(false);
                }
            }
            _ if waited < PATIENCE => {
                thread::sleep(PAUSE);
                waited += PAUSE;
            }
            _ => return Err(rusqlite::Error::SqliteFailure(Error::new(SQLITE_BUSY), None)),
        }
    }
}

/// Bytes of a page.
pub fn page_size(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("PRAGMA page_size", [], |row| row.get(0))
}
