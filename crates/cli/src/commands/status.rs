//! `footnote status`

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;
use engine::api::{ModelInfo, Role};
use engine::wording::counted;
use engine::{Engine, wording};

use crate::failing::failure;
use crate::json::of_status;
use crate::output::{print, print_json};
use crate::words::WORDS_ALONE;

pub(crate) async fn run(engine: &Engine, json: bool) -> Result<ExitCode> {
    let status = engine.status().await.map_err(failure)?;
    if json {
        print_json(&of_status(&status))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&format!(
        "{}, {}, {}, {}",
        counted(status.documents, "document"),
        counted(status.pages, "page"),
        counted(status.chunks, "chunk"),
        counted(status.vectors, "vector")
    ))?;
    for line in models(&status.models) {
        print(&line)?;
    }
    let embeds = status.models.contains_key(&Role::Embed);
    if !embeds {
        print(WORDS_ALONE)?;
    }
    let missing = status.chunks.saturating_sub(status.vectors);
    if missing > 0 && embeds {
        let missing = counted(missing, "chunk");
        let own = status.models.get(&Role::Embed).map(|model| &model.name);
        print(&match &status.searched_by {
            Some(former) if Some(former) != own => {
                format!("Searched by the vectors of {former} until footnote sync embeds them: {missing}")
            }
            _ => format!("Found by their words alone until footnote sync embeds them: {missing}"),
        })?;
    }
    for job in engine.jobs().await.map_err(failure)? {
        print(&super::jobs::line(&job))?;
    }
    for folder in &status.folders {
        print(&format!("Folder {folder}"))?;
    }
    for failure in &status.failures {
        print(&format!("Failed {}: {}", failure.document, wording::reason(&failure.reason)))?;
    }
    for document in engine.documents(None).await.map_err(failure)? {
        for warning in &document.warnings {
            print(&format!("{}: {}", document.path, wording::warning(warning)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A line for each role that a model has.
fn models(in_use: &BTreeMap<Role, ModelInfo>) -> impl Iterator<Item = String> {
    in_use.iter().map(|(role, ModelInfo { name, host, .. })| {
        let does = match role {
            Role::Embed => "Embeddings by",
            Role::Write => "Answers by",
            Role::Rerank => "Passages put in order by",
            Role::ReadPages => "Scanned pages read by",
            Role::MakePictures => "Pictures made by",
            Role::Judge => "Second opinions by",
        };
        let place = host.as_ref().map_or_else(|| "on this computer".to_owned(), |host| format!("at {host}"));
        format!("{does} {name}, {place}")
    })
}
