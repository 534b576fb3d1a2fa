//! `footnote recognise`.

use std::process::ExitCode;

use anyhow::{Result, bail};
use engine::Engine;
use engine::api::{RecognitionPlan, RecognitionRequest};
use engine::wording::{counted, page_ranges};

use super::index::{Watcher, until_interrupted};
use crate::arguments::Recognise;
use crate::asking::agreed;
use crate::failing::failure;
use crate::output::say;

const UNASKED: &str = "Nothing was sent: nobody can be asked here. Say --yes to have these pages sent.";

pub(crate) async fn run(engine: &Engine, arguments: Recognise, json: bool) -> Result<ExitCode> {
    let Recognise { paths, yes } = arguments;
    let plan = engine.recognition_plan(RecognitionRequest { paths }).await.map_err(failure)?;
    let pages: usize = plan.documents.iter().map(|document| document.pages.len()).sum();
    show(&plan, pages);
    if pages > 0 && !yes && !agreed("Send them?", UNASKED)? {
        bail!("Nothing was sent.");
    }
    let watcher = Watcher::new()?;
    until_interrupted(engine, engine.recognise(plan, |event| watcher.see(event))).await;
    watcher.report(json)
}

fn show(plan: &RecognitionPlan, pages: usize) {
    if pages == 0 {
        say("There are no pages to be sent.");
        return;
    }
    say(&format!(
        "To be sent to {}, to be read by {}, as pictures: {}",
        plan.host,
        plan.model,
        counted(pages as u64, "page")
    ));
    for document in plan.documents.iter().filter(|document| !document.pages.is_empty()) {
        say(&format!("  {}: {}", document.document, page_ranges(&document.pages)));
    }
}
