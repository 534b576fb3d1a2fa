//! `footnote status`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;

use crate::arguments::Status;
use crate::failure;
use crate::output::{print, print_json};

pub(crate) fn run(engine: &Engine, arguments: &Status) -> Result<ExitCode> {
    let status = engine.status().map_err(failure)?;
    if arguments.json {
        print_json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&format!(
        "{} documents, {} pages, {} chunks, {} vectors",
        status.documents, status.pages, status.chunks, status.vectors
    ))?;
    print(&format!("Answers by {}; embeddings by {}", status.models.chat, status.models.embedding))?;
    for folder in &status.folders {
        print(&format!("Folder {folder}"))?;
    }
    for failure in &status.failures {
        print(&format!("Failed {}: {}", failure.document, failure.reason))?;
    }
    for document in engine.documents().map_err(failure)? {
        for warning in &document.warnings {
            print(&format!("{}: {warning}", document.path))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
