//! Why files were not taken in, as a shell sees it.

use std::path::Path;

use extract::ExtractError;
use ingest::{IngestError, UnembeddedFile, UnreadPage};
use library::{Coded, Document, DocumentState};

use crate::api::{DocumentWarning, Failure, Missing, Reason};
use crate::overview::text;

pub(crate) fn of_document(document: &Document) -> Option<Failure> {
    let DocumentState::Failed(reason) = &document.state else { return None };
    Some(of_file(&document.path, reason))
}

pub(crate) fn of_file(path: &Path, reason: &Coded) -> Failure {
    of(path, reason.read().map_or_else(|| Reason::Words(words(reason)), Reason::Unread))
}

pub(crate) fn of_missing(error: &IngestError) -> Option<Failure> {
    let IngestError::NoSuchPath { path, source } = error else { return None };
    Some(of(path, Reason::NotFound { path: text(path), detail: source.to_string() }))
}

pub(crate) fn of_unread_page(UnreadPage { path, page, error }: UnreadPage) -> Failure {
    of(&path, Reason::PageNotRead { page, error: error.into() })
}

pub(crate) fn of_unembedded(UnembeddedFile { path, texts, error }: UnembeddedFile) -> Failure {
    of(&path, Reason::NotEmbedded { passages: texts, error: error.into() })
}

pub(crate) fn warning(kept: &Coded) -> DocumentWarning {
    kept.read().map_or_else(|| DocumentWarning::Words(words(kept)), DocumentWarning::Coded)
}

fn of(path: &Path, reason: Reason) -> Failure {
    let missing = matches!(reason, Reason::Unread(ExtractError::Encrypted)).then_some(Missing::Password);
    Failure { document: text(path), reason, missing }
}

/// Of what an earlier version stored, or the bare code where it is none of this version's.
fn words(kept: &Coded) -> String {
    kept.words().unwrap_or_else(|| kept.code()).to_owned()
}
