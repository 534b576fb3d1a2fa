//! What has changed since a file was last read.

use std::fs::File;
use std::io;
use std::path::Path;

use extract::ExtractError;
use library::{ContentHash, Document, DocumentId, DocumentState, Library};

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

/// Looks at size and time first, then at the content: a file that was only touched or moved is not read again.
pub(super) fn change(library: &Library, root: &Root, file: &FoundFile) -> Result<Change, IngestError> {
    let known = library.known_document(&file.path)?;
    let failure = known.as_ref().and_then(|document| match &document.state {
        DocumentState::Failed { code, reason } => {
            Some(FailedFile { path: file.path.clone(), code: code.clone(), reason: reason.clone() })
        }
        DocumentState::Indexed => None,
    });
    let untouched = known
        .as_ref()
        .is_some_and(|document| document.size == file.size && document.mtime_ns == file.modified_ns);
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
    if let Some(document) = searched.as_ref().filter(|document| document.content_hash == Some(hash)) {
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

/// Takes out the documents below the roots whose file is gone, and failed folders that can be read again. Returns how
/// many. Where a root has nothing to read any more, as with a drive that is not connected, its documents are kept.
pub(super) fn remove_vanished(library: &Library, roots: &Roots, tally: &Tally) -> Result<usize, IngestError> {
    let documents = library.documents()?;
    let mut vanished = Vec::new();
    for root in &roots.roots {
        let mut below: Vec<&Document> = documents
            .iter()
            .filter(|document| document.path != root.path && document.path.starts_with(&root.path))
            .collect();
        if !below.is_empty() && is_away(&root.path, &roots.exclusions) {
            tally.away(AwayFolder { path: root.path.clone(), documents: below.len() as u32 });
            continue;
        }
        below.retain(|Document { path, .. }| is_gone(path) || (path.is_dir() && !tally.has_failed(path)));
        vanished.extend(below.iter().map(|document| document.id));
    }
    library.remove_documents(&vanished)?;
    Ok(vanished.len())
}

/// Whether there is certainly no file; a folder that may not be looked into says nothing.
fn is_gone(path: &Path) -> bool {
    matches!(path.try_exists(), Ok(false))
}
