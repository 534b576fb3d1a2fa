//! The checksum behind the last page of a backup.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::{Copying, CopyingStage, OnCopying};
use crate::{Error, Result};

/// Ends every backup, and tells its form.
const MARK: &[u8; 16] = b"footnote backup1";
/// The checksum of all in front of it, and the mark.
const SEAL: usize = 32 + MARK.len();

/// Puts the checksum behind a database, and has all of it written out. Returns its size; `None` where it was not to go on.
pub fn seal(file: &Path, on_copying: OnCopying<'_>) -> Result<Option<u64>> {
    let sealed = || -> io::Result<Option<u64>> {
        let mut opened = OpenOptions::new().read(true).append(true).open(file)?;
        let length = opened.metadata()?.len();
        let mut hasher = blake3::Hasher::new();
        let hashed = pieces(&mut opened, length, CopyingStage::Sealing, on_copying, |piece| {
            hasher.update(piece);
            Ok(())
        })?;
        if !hashed {
            return Ok(None);
        }
        opened.write_all(hasher.finalize().as_bytes())?;
        opened.write_all(MARK)?;
        opened.sync_all()?;
        Ok(Some(length + SEAL as u64))
    };
    sealed().map_err(|error| Error::file(file, error))
}

/// Copies the database of a backup, if it is what was sealed. Returns whether it was to go on.
pub fn unseal(backup: &Path, target: &Path, on_copying: OnCopying<'_>) -> Result<bool> {
    let named = |error| Error::file(backup, error);
    let mut opened = File::open(backup).map_err(named)?;
    let length = opened.metadata().map_err(named)?.len();
    let Some(length) = length.checked_sub(SEAL as u64).filter(|length| *length > 0) else {
        return Err(Error::NoBackup(backup.to_owned()));
    };
    let mut seal = [0; SEAL];
    let read = opened.seek(SeekFrom::Start(length)).and_then(|_| opened.read_exact(&mut seal));
    read.and_then(|()| opened.rewind()).map_err(named)?;
    let (checksum, mark) = seal.split_at(32);
    if mark != MARK {
        return Err(Error::NoBackup(backup.to_owned()));
    }
    let mut copy = File::create(target).map_err(|error| Error::file(target, error))?;
    let mut hasher = blake3::Hasher::new();
    let mut unwritten = None;
    let copied = pieces(&mut opened, length, CopyingStage::Copying, on_copying, |piece| {
        hasher.update(piece);
        copy.write_all(piece).inspect_err(|error| unwritten = Some(io::Error::from(error.kind())))
    });
    let copied = match (copied, unwritten) {
        (Err(_), Some(error)) => return Err(Error::file(target, error)),
        (copied, _) => copied.map_err(named)?,
    };
    if copied && hasher.finalize().as_bytes() != checksum {
        return Err(Error::BackupDamaged(backup.to_owned()));
    }
    Ok(copied)
}

/// So many bytes from a file, piece by piece. Returns whether it was to go on.
fn pieces(
    file: &mut File,
    length: u64,
    stage: CopyingStage,
    on_copying: OnCopying<'_>,
    mut use_piece: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<bool> {
    let mut piece = vec![0; 1 << 20];
    let mut done = 0;
    while done < length {
        let left = usize::try_from(length - done).unwrap_or(usize::MAX).min(piece.len());
        file.read_exact(&mut piece[..left])?;
        use_piece(&piece[..left])?;
        done += left as u64;
        if !on_copying(Copying { stage, done, total: length }) {
            return Ok(false);
        }
    }
    Ok(true)
}
