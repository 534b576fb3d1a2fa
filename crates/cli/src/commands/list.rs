//! `footnote list`

use std::process::ExitCode;

use anyhow::Result;
use engine::api::{DocumentSummary, FolderSummary};
use engine::wording::counted;
use engine::{Engine, wording};
use serde::Serialize;

use crate::arguments::{List, Listed};
use crate::failing::failure;
use crate::json::of_listing;
use crate::output::{print, print_json};

/// What was asked for.
#[derive(Default, Serialize)]
pub(crate) struct Listing {
    #[serde(skip_serializing_if = "Option::is_none")]
    folders: Option<Vec<FolderSummary>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) documents: Option<Vec<DocumentSummary>>,
}

pub(crate) async fn run(engine: &Engine, arguments: &List, json: bool) -> Result<ExitCode> {
    let wants = |listed| arguments.what.is_none_or(|what| what == listed);
    let mut listing = Listing::default();
    if wants(Listed::Folders) {
        listing.folders = Some(engine.folders().await.map_err(failure)?);
    }
    if wants(Listed::Documents) {
        listing.documents = Some(engine.documents(None).await.map_err(failure)?);
    }
    if json {
        print_json(&of_listing(&listing))?;
        return Ok(ExitCode::SUCCESS);
    }
    let folders = listing.folders.iter().flatten().map(folder);
    folders.chain(listing.documents.iter().flatten().map(document)).try_for_each(|line| print(&line))?;
    Ok(ExitCode::SUCCESS)
}

fn folder(folder: &FolderSummary) -> String {
    let mut line = format!("Folder {}: {}", folder.path, counted(folder.documents, "document"));
    if folder.failed > 0 {
        line += &format!(", {} failed", folder.failed);
    }
    if folder.away {
        line += ", away: nothing is left in it, or its drive is not connected";
    }
    line
}

fn document(document: &DocumentSummary) -> String {
    match &document.failure {
        Some(failure) => format!("{}: failed: {}", document.path, wording::reason(&failure.reason)),
        None => format!("{}: {}", document.path, counted(document.pages, "page")),
    }
}
