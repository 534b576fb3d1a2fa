//! `footnote status`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;

use crate::failing::failure;
use crate::output::{print, print_json};
use crate::words::{WORDS_ALONE, counted};

pub(crate) async fn run(engine: &Engine, json: bool) -> Result<ExitCode> {
    let status = engine.status().await.map_err(failure)?;
    if json {
        print_json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&format!(
        "{}, {}, {}, {}",
        counted(status.documents, "document"),
        counted(status.pages, "page"),
        counted(status.chunks, "chunk"),
        counted(status.vectors, "vector")
    ))?;
    match &status.models.embedding {
        Some(embedding) => print(&format!("Answers by {}; embeddings by {embedding}", status.models.chat))?,
        None => print(&format!("Answers by {}. {WORDS_ALONE}", status.models.chat))?,
    }
    let missing = status.chunks.saturating_sub(status.vectors);
    if missing > 0 && status.models.embedding.is_some() {
        print(&format!(
            "Found by their words alone until footnote sync embeds them: {}",
            counted(missing, "chunk")
        ))?;
    }
    for folder in &status.folders {
        print(&format!("Folder {folder}"))?;
    }
    for failure in &status.failures {
        print(&format!("Failed {}: {}", failure.document, failure.reason))?;
    }
    for document in engine.documents(None).await.map_err(failure)? {
        for warning in &document.warnings {
            print(&format!("{}: {warning}", document.path))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
