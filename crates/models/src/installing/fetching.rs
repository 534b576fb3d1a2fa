//! A file from a hub: what is missing of it, and whether it is the right one.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use endpoint::{ErrorKind, Hub, HubChecksum, HubFile, HubModel};
use futures::StreamExt as _;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::{InstallError, at, off_thread};

/// How often a hub may break off in a row with not a byte in between.
const MOST_FAILURES: u32 = 3;
/// Before a hub that broke off is asked for the rest.
const WAIT: Duration = Duration::from_secs(1);

/// Fetches a file into a folder, or what is missing of it, and checks it. One that is wrong is thrown away.
pub(super) async fn fetch(
    hub: &Hub,
    model: &HubModel,
    file: &HubFile,
    folder: &Path,
    told: &(impl Fn(u64) + Sync),
) -> Result<(), InstallError> {
    let whole = folder.join(&file.path);
    if length(&whole) == file.bytes && check(&whole, file).await.is_ok() {
        told(file.bytes);
        return Ok(());
    }
    let part = part(&whole, &file.checksum)?;
    let mut failures = 0;
    loop {
        let before = length(&part);
        let Err(error) = receive(hub, model, file, &part, told).await else { break };
        failures = if length(&part) > before { 0 } else { failures + 1 };
        if failures > MOST_FAILURES || !may_pass(&error) {
            return Err(error);
        }
        tokio::time::sleep(WAIT).await;
    }
    check(&part, file).await?;
    fs::rename(&part, &whole).map_err(at(&whole))
}

/// Where a file comes to until it is whole. Of another version of it nothing is kept.
fn part(whole: &Path, checksum: &HubChecksum) -> Result<PathBuf, InstallError> {
    let (HubChecksum::Sha256(digest) | HubChecksum::GitBlob(digest)) = checksum;
    let folder = whole.parent().unwrap_or(whole);
    fs::create_dir_all(folder).map_err(at(folder))?;
    let parts = format!("{}.part-", whole.file_name().unwrap_or_default().to_string_lossy());
    let part = folder.join(format!("{parts}{digest}"));
    for entry in fs::read_dir(folder).map_err(at(folder))?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&parts) && entry.path() != part {
            fs::remove_file(entry.path()).map_err(at(&entry.path()))?;
        }
    }
    Ok(part)
}

async fn receive(
    hub: &Hub,
    model: &HubModel,
    file: &HubFile,
    part: &Path,
    told: &(impl Fn(u64) + Sync),
) -> Result<(), InstallError> {
    let failed = |source| InstallError::Hub { host: hub.host().to_owned(), source };
    let here = length(part);
    told(here.min(file.bytes));
    if here >= file.bytes {
        return Ok(());
    }
    let download = hub.download(model, &file.path, here).await.map_err(failed)?;
    let mut options = tokio::fs::OpenOptions::new();
    options.create(true);
    if download.from == 0 {
        options.write(true).truncate(true)
    } else {
        options.append(true)
    };
    let mut written = options.open(part).await.map_err(at(part))?;
    let mut bytes = download.from;
    let mut pieces = pin!(download.pieces);
    let mut end = Ok(());
    while let Some(piece) = pieces.next().await
        && bytes <= file.bytes
    {
        match piece {
            Ok(piece) => {
                written.write_all(&piece).await.map_err(at(part))?;
                bytes += piece.len() as u64;
                told(bytes.min(file.bytes));
            }
            Err(error) => end = Err(failed(error)),
        }
    }
    written.flush().await.map_err(at(part))?;
    end
}

fn may_pass(error: &InstallError) -> bool {
    let InstallError::Hub { source, .. } = error else { return false };
    matches!(source.kind(), ErrorKind::BrokenOff | ErrorKind::TimedOut(_))
}

/// Compares a file with what the hub says of it, and throws it away where it is another.
async fn check(path: &Path, file: &HubFile) -> Result<(), InstallError> {
    let (path, HubFile { path: name, bytes: expected, checksum }) = (path.to_owned(), file.clone());
    off_thread(move || {
        let received = length(&path);
        let is_right = match &checksum {
            _ if received != expected => false,
            HubChecksum::Sha256(wanted) => digest::<Sha256>(&path, "")? == *wanted,
            HubChecksum::GitBlob(wanted) => digest::<Sha1>(&path, &format!("blob {received}\0"))? == *wanted,
        };
        if is_right {
            return Ok(());
        }
        fs::remove_file(&path).map_err(at(&path))?;
        Err(if received == expected {
            InstallError::WrongChecksum { file: name }
        } else {
            InstallError::WrongLength { file: name, expected, received }
        })
    })
    .await
}

/// The checksum of a file with something in front, in hexadecimal digits.
pub(super) fn digest<D: Digest>(path: &Path, front: &str) -> Result<String, InstallError> {
    let mut digest = D::new_with_prefix(front);
    let mut file = File::open(path).map_err(at(path))?;
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece).map_err(at(path))? {
            0 => break,
            read => digest.update(&piece[..read]),
        }
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}
