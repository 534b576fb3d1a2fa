//! One process at a time changes the documents of a library.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, process, thread};

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The process that changes a library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name of its program.
    pub program: String,
    /// Its number.
    pub process: u32,
}

impl Holder {
    fn this() -> Self {
        let program =
            env::current_exe().ok().and_then(|file| Some(file.file_stem()?.to_string_lossy().into_owned()));
        Self { program: program.unwrap_or_default(), process: process::id() }
    }
}

/// A lock on a file of its own, which the system releases when the process ends, however it ends.
pub(crate) struct WriteLock {
    directory: PathBuf,
    file: PathBuf,
    held: Mutex<Option<File>>,
}

impl WriteLock {
    pub fn new(directory: &Path, name: &str) -> Self {
        Self { directory: directory.to_owned(), file: directory.join(name), held: Mutex::new(None) }
    }

    /// Takes the lock and keeps it until it is released or this value is dropped; does nothing if it is held already.
    pub fn acquire(&self) -> Result<()> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            let file = self.open()?;
            match file.try_lock() {
                Ok(()) => {
                    *held = Some(file);
                    self.say_who();
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::InUse { directory: self.directory.clone(), holder: self.holder() });
                }
                Err(TryLockError::Error(source)) => return Err(Error::file(&self.file, source)),
            }
        }
        Ok(())
    }

    /// Whether another process holds the lock.
    pub fn is_held_elsewhere(&self) -> Result<bool> {
        if self.held.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            return Ok(false);
        }
        // Shared, so that two that only ask do not keep each other out.
        match self.open()?.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(Error::file(&self.file, source)),
        }
    }

    /// Takes the lock for work of a moment, and waits if another process does the same.
    pub fn acquire_for_a_moment(&self) -> Result<Moment<'_>> {
        let mut attempts_left = 200;
        loop {
            match self.acquire() {
                Err(Error::InUse { .. }) if attempts_left > 0 => thread::sleep(Duration::from_millis(50)),
                acquired => return acquired.map(|()| Moment(self)),
            }
            attempts_left -= 1;
        }
    }

    /// Unlocks before closing: a child process that was forked at this moment holds the file open until it runs
    /// its own program, and with it the lock.
    pub fn release(&self) {
        if let Some(file) = self.held.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // Closing is all that can be tried after that.
            let _ = file.unlock();
        }
    }

    /// In a file of its own: one that is locked can be read by nobody else on Windows.
    fn say_who(&self) {
        // Who holds it is worth knowing, but the lock is good without.
        let _ = serde_json::to_string(&Holder::this())
            .map(|said| fs::write(self.file.with_extension("holder"), said));
    }

    fn holder(&self) -> Option<Holder> {
        serde_json::from_slice(&fs::read(self.file.with_extension("holder")).ok()?).ok()
    }

    fn open(&self) -> Result<File> {
        let file = File::options().create(true).truncate(false).write(true).open(&self.file);
        file.map_err(|source| match source.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Error::ReadOnly(self.directory.clone())
            }
            _ => Error::file(&self.file, source),
        })
    }
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        self.release();
    }
}

/// Gives the lock back when dropped.
pub(crate) struct Moment<'a>(&'a WriteLock);

impl Drop for Moment<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
