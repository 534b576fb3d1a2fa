//! What has changed since a file was last read.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use extract::ExtractError;
use libraries::Library;
use library::{ContentHash, Document, DocumentId, DocumentState};

use super::Walked;
use super::tally::Tally;
use crate::roots::{Root, Roots};
use crate::walk::{FoundFile, is_away};
use crate::{AwayFolder, FailedFile, IngestError};

/// What has to be done with a file.
pub(super) enum Change {
    /// Nothing.
    None,
    /// It has not changed since it failed.
    StillFailing(FailedFile),
    /// Its document was found at another path, where there is no file any more.
    Moved,
    /// Its bytes cannot be read.
    Unreadable(ExtractError),
    /// Its content has to be read.
    Content {
        hash: ContentHash,
        /// Whether it was searched before.
        known: bool,
    },
}

/// Looks at size and time first, then at the content: a file that was only touched or moved is not read again. What is known
/// is the document of this path.
pub(super) fn change(
    library: &Library,
    root: &Root,
    file: &FoundFile,
    known: Option<&Document>,
) -> Result<Change, IngestError> {
    let failure = known.and_then(|document| match &document.state {
        DocumentState::Failed(reason) => Some(FailedFile { path: file.path.clone(), reason: reason.clone() }),
        DocumentState::Indexed => None,
    });
    let untouched =
        known.is_some_and(|document| document.size == file.size && document.mtime_ns == file.modified_ns);
    match (untouched, failure) {
        (true, None) => return Ok(Change::None),
        (true, Some(failure)) if !root.retry_failures => return Ok(Change::StillFailing(failure)),
        _ => {}
    }
    let hash = match content_hash(&file.path) {
        Ok(hash) => hash,
        Err(error) => return Ok(Change::Unreadable(ExtractError::Unreadable { detail: error.to_string() })),
    };
    let searched = known.filter(|document| document.state == DocumentState::Indexed);
    if let Some(document) = searched.filter(|document| document.content_hash == Some(hash)) {
        library.touch_document(document.id, file.size, file.modified_ns)?;
        return Ok(Change::None);
    }
    if searched.is_none()
        && let Some(document) = vanished_document(library, hash)?
    {
        library.move_document(document, &file.path, root.folder)?;
        library.touch_document(document, file.size, file.modified_ns)?;
        return Ok(Change::Moved);
    }
    Ok(Change::Content { hash, known: searched.is_some() })
}

/// What a file is recognised by after a move.
///
/// # Errors
/// The file cannot be read.
pub fn content_hash(path: &Path) -> io::Result<ContentHash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(ContentHash(*hasher.finalize().as_bytes()))
}

/// A searched document with this content whose file is gone.
fn vanished_document(library: &Library, hash: ContentHash) -> Result<Option<DocumentId>, IngestError> {
    let same = library.documents_with_hash(hash)?;
    let vanished = |document: &Document| document.state == DocumentState::Indexed && is_gone(&document.path);
    Ok(same.into_iter().find(vanished).map(|document| document.id))
}

/// Takes out the documents below the roots whose file is gone or ignored, and failed folders that can be read again. Where a root,
/// or a folder in it at which another drive began, has nothing to read any more, its documents are kept: a drive that
/// is not connected looks so.
pub(super) fn remove_vanished(
    library: &Library,
    roots: &Roots,
    Walked { files, mount_points, ignored }: &Walked,
    tally: &Tally,
) -> Result<(), IngestError> {
    let documents = library.documents()?;
    let mut vanished = Vec::new();
    for Root { path: root, folder, .. } in &roots.roots {
        let mut below: Vec<&Document> = documents
            .iter()
            .filter(|document| document.path != *root && document.path.starts_with(root))
            .collect();
        if !below.is_empty() && is_away(root, &roots.exclusions) {
            tally.away(AwayFolder { path: root.clone(), documents: below.len() as u32 });
            continue;
        }
        let known = library.mount_points(root)?;
        let mut now: Vec<PathBuf> =
            mount_points.iter().filter(|point| point.starts_with(root)).cloned().collect();
        // The innermost first: a drive may be connected in another.
        for point in known.iter().rev().filter(|point| !mount_points.contains(point)) {
            let (inside, outside) =
                below.iter().partition::<Vec<_>, _>(|document| document.path.starts_with(point));
            if !inside.is_empty() && is_away(point, &roots.exclusions) {
                tally.away(AwayFolder { path: point.clone(), documents: inside.len() as u32 });
                now.push(point.clone());
                below = outside;
            }
        }
        now.sort();
        if now != known {
            library.set_mount_points(root, &now)?;
        }
        let is_ignored = |document: &Document| {
            document.folder == *folder
                && document
                    .path
                    .ancestors()
                    .take_while(|part| *part != root)
                    .any(|part| ignored.contains(part))
        };
        below.retain(|document| {
            let path = &document.path;
            !files.contains(path)
                && (is_gone(path) || is_ignored(document) || (path.is_dir() && !tally.has_failed(path)))
        });
        vanished.extend(below.iter().map(|document| document.id));
    }
    library.remove_documents(&vanished)?;
    tally.removed(vanished.len());
    Ok(())
}

/// Whether there is certainly no file; a folder that may not be looked into says nothing.
fn is_gone(path: &Path) -> bool {
    matches!(path.try_exists(), Ok(false))
}
