//! `footnote embeddings`

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use engine::Engine;
use engine::api::{EmbeddingPlan, EmbeddingPlanRequest, Embeddings};
use engine::wording::counted;

use crate::arguments::EmbeddingsCommand;
use crate::failing::failure;
use crate::output::{print, print_json};

pub(crate) async fn run(
    engine: &Arc<Engine>,
    command: Option<EmbeddingsCommand>,
    json: bool,
) -> Result<ExitCode> {
    match command {
        Some(EmbeddingsCommand::Estimate) => return estimate(engine, json).await,
        Some(EmbeddingsCommand::Use { id }) => engine.use_embeddings(id).await.map_err(failure)?,
        Some(EmbeddingsCommand::Drop { id }) => engine.drop_embeddings(id).await.map_err(failure)?,
        None => {}
    }
    let kept = engine.embeddings().await.map_err(failure)?;
    if json {
        print_json(&kept)?;
    } else if kept.is_empty() {
        print("No embeddings are kept.")?;
    }
    for embeddings in kept.iter().filter(|_| !json) {
        print(&line(embeddings))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn estimate(engine: &Engine, json: bool) -> Result<ExitCode> {
    let plan = engine.embedding_plan(EmbeddingPlanRequest::InUse).await.map_err(failure)?;
    if json {
        print_json(&plan)?;
    } else {
        print(&sentence(&plan))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn sentence(plan: &EmbeddingPlan) -> String {
    if plan.texts == 0 {
        return format!("All is embedded with {}.", plan.model);
    }
    let cost = plan.cost.map(|dollars| format!(", about ${dollars:.4}")).unwrap_or_default();
    let place = plan.host.as_deref().map_or("on this computer".to_owned(), |host| format!("at {host}"));
    format!(
        "{} to embed with {} {place}: about {} tokens{cost}, about {:.0} s",
        counted(plan.texts, "text"),
        plan.model,
        plan.tokens,
        plan.seconds.max(1.0)
    )
}

fn line(kept: &Embeddings) -> String {
    let place = kept.host.as_deref().map_or("on this computer".to_owned(), |host| format!("at {host}"));
    let searched = if kept.searched { ", searched by" } else { "" };
    let missing = match kept.missing {
        0 => String::new(),
        missing => format!(", {} without", counted(missing, "chunk")),
    };
    format!(
        "{}  {} {place}: {}{missing}, {:.1} MB{searched}",
        kept.id,
        kept.model,
        counted(kept.vectors, "vector"),
        kept.bytes as f64 / 1e6
    )
}
