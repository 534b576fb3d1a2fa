//! `footnote add` and `footnote sync`.

use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::{Context as _, Result};
use engine::Engine;
use engine::api::{AddRequest, IndexEvent, IndexOutcome, IndexProgress, IndexStage, IndexSummary};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::{Add, Sync};
use crate::failure;
use crate::output::{print_json, say};

pub(crate) async fn add(engine: &Engine, arguments: Add) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    let request = AddRequest { paths: arguments.paths };
    until_interrupted(engine, engine.add(request, |event| watcher.see(event))).await;
    watcher.report(arguments.json)
}

pub(crate) async fn sync(engine: &Engine, arguments: Sync) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    if arguments.all {
        engine.forget_contents().map_err(failure)?;
    }
    until_interrupted(engine, engine.sync(|event| watcher.see(event))).await;
    watcher.report(arguments.json)
}

/// Ctrl-C cancels the job; it still ends in its own way.
pub(super) async fn until_interrupted(engine: &Engine, job: impl Future<Output = ()>) {
    let mut job = std::pin::pin!(job);
    tokio::select! {
        () = &mut job => return,
        _ = tokio::signal::ctrl_c() => engine.cancel_indexing(),
    }
    job.await;
}

/// Shows a job on the terminal and keeps its summary. Without a terminal the bar is hidden.
pub(super) struct Watcher {
    bar: ProgressBar,
    waiting: Mutex<Option<String>>,
    summary: Mutex<Option<IndexSummary>>,
}

impl Watcher {
    pub(super) fn new() -> Result<Self> {
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {msg}")
            .context("The bar's template is wrong")?;
        Ok(Self {
            bar: ProgressBar::new(0).with_style(style),
            waiting: Mutex::new(None),
            summary: Mutex::new(None),
        })
    }

    pub(super) fn see(&self, event: IndexEvent) {
        match event {
            IndexEvent::Progress { progress } => {
                self.bar.set_length(progress.files_total.into());
                self.bar.set_position(progress.files_done.into());
                self.bar.set_message(message(&progress));
                self.say_waiting(progress.waiting);
            }
            IndexEvent::Finished { summary } => {
                self.bar.finish_and_clear();
                *self.summary.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(summary);
            }
        }
    }

    /// Says once what the endpoint is waited for.
    fn say_waiting(&self, waiting: Option<String>) {
        let Some(reason) = waiting else { return };
        let mut said = self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if said.as_ref() != Some(&reason) {
            self.bar.suspend(|| say(&format!("Asking the endpoint again: {reason}")));
            *said = Some(reason);
        }
    }

    pub(super) fn report(self, json: bool) -> Result<ExitCode> {
        let summary = self.summary.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let summary = summary.context("Indexing ended without a result")?;
        for failure in summary.failures.iter().chain(&summary.unread_pages).chain(&summary.unembedded) {
            say(&format!("{}: {}", failure.document, failure.reason));
        }
        if json {
            print_json(&summary)?;
        } else {
            say(&sentence(&summary));
        }
        if let Some(error) = &summary.error {
            anyhow::bail!("{}", error.message);
        }
        Ok(if summary.outcome == IndexOutcome::Completed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn message(progress: &IndexProgress) -> String {
    match progress.stage {
        IndexStage::Walking | IndexStage::Reading => progress.current.clone().unwrap_or_default(),
        IndexStage::Recognising => {
            format!("{} of {} pages read", progress.pages_recognised, progress.pages_to_recognise)
        }
        IndexStage::Embedding => {
            format!("{} of {} passages embedded", progress.chunks_done, progress.chunks_total)
        }
        IndexStage::Saving => "saving the index".to_owned(),
    }
}

fn sentence(summary: &IndexSummary) -> String {
    let counts = [
        ("added", summary.added),
        ("updated", summary.updated),
        ("moved", summary.moved),
        ("removed", summary.removed),
        ("unchanged", summary.unchanged),
        ("failed", u32::try_from(summary.failures.len()).unwrap_or(u32::MAX)),
        ("pages not read", u32::try_from(summary.unread_pages.len()).unwrap_or(u32::MAX)),
        ("not embedded whole", u32::try_from(summary.unembedded.len()).unwrap_or(u32::MAX)),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}"));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let counts = if counts.is_empty() { "Nothing to take in".to_owned() } else { counts };
    let cancelled = if summary.outcome == IndexOutcome::Cancelled { "Cancelled. " } else { "" };
    let shortened = match summary.shortened {
        0 => String::new(),
        shortened => format!(". Of {shortened} chunks the embedding model read the beginning only"),
    };
    format!(
        "{cancelled}{counts}; {} pages, {} chunks in {:.1} s{shortened}",
        summary.pages, summary.chunks, summary.seconds
    )
}
