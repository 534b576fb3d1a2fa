//! `footnote backup` and `footnote restore`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use engine::Engine;
use engine::api::{BackupEvent, BackupOutcome, BackupRequest, BackupStage};
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use serde_json::json;

use crate::arguments::{Backup, Restore};
use crate::asking::agreed;
use crate::failing::failure;
use crate::output::{print_json, say};

/// What a backup is stopped by.
const BACKUP: &str = "backup";

const UNASKED: &str =
    "Nothing was restored: nobody can be asked here. Say --yes to have the library replaced.";

pub(crate) async fn run(engine: &Engine, arguments: Backup, json: bool) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    let request = BackupRequest { file: arguments.file.clone(), id: Some(BACKUP.to_owned()) };
    let mut job = std::pin::pin!(engine.back_up(request, |event| watcher.see(event)));
    tokio::select! {
        () = &mut job => {}
        _ = tokio::signal::ctrl_c() => {
            engine.stop(BACKUP);
            job.await;
        }
    }
    watcher.report(json, &format!("Written to {}", arguments.file.display()))
}

/// The library itself need not open: it may be damaged, or missing.
pub(crate) async fn restore(directory: PathBuf, arguments: Restore, json: bool) -> Result<ExitCode> {
    let question = format!(
        "Everything in {} is replaced by the backup: documents, conversations, settings. Go on?",
        directory.display()
    );
    if directory.join("library.db").exists() && !arguments.yes && !agreed(&question, UNASKED)? {
        say("Nothing was restored.");
        return Ok(ExitCode::FAILURE);
    }
    let watcher = Watcher::new()?;
    let request = BackupRequest { file: arguments.file.clone(), id: None };
    engine::restore(directory, request, |event| watcher.see(event)).await;
    watcher.report(json, &format!("Restored from {}", arguments.file.display()))
}

/// Shows it on the terminal and keeps its end. Without a terminal the bar is hidden.
struct Watcher {
    bar: ProgressBar,
    outcome: Mutex<Option<BackupOutcome>>,
}

impl Watcher {
    fn new() -> Result<Self> {
        let style = ProgressStyle::with_template("{msg:12} {bar:30} {bytes}/{total_bytes}")?;
        Ok(Self { bar: ProgressBar::new(0).with_style(style), outcome: Mutex::new(None) })
    }

    fn see(&self, event: BackupEvent) {
        match event {
            BackupEvent::Progress { stage, done, total } => {
                self.bar.set_message(match stage {
                    BackupStage::Copying => "Copying",
                    BackupStage::Checking => "Checking",
                    BackupStage::Sealing => "Sealing",
                    BackupStage::Replacing => "Replacing",
                    BackupStage::Indexing => "Indexing",
                });
                self.bar.set_length(total);
                self.bar.set_position(done);
            }
            BackupEvent::Finished { outcome } => {
                self.bar.finish_and_clear();
                *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            }
        }
    }

    fn report(&self, json: bool, done: &str) -> Result<ExitCode> {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        match outcome.unwrap_or(BackupOutcome::Stopped) {
            BackupOutcome::Failed { error } => Err(failure(error)),
            BackupOutcome::Stopped => {
                say("Stopped; nothing was changed.");
                Ok(ExitCode::FAILURE)
            }
            outcome => {
                if json {
                    print_json(&json!(outcome))?;
                }
                match outcome {
                    BackupOutcome::Written { bytes } => say(&format!("{done}: {}", HumanBytes(bytes))),
                    _ => say(done),
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
