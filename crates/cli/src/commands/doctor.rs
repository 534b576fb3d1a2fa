//! `footnote doctor`

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use engine::api::{ExaminationEvent, ExaminationOutcome, Examining};
use engine::wording::mended;
use serde_json::{Value, json};

use crate::failing::failure;
use crate::json::with;
use crate::output::{print, print_json, say};

/// The library need not open: it may be damaged.
pub(crate) async fn run(directory: PathBuf, json: bool) -> Result<ExitCode> {
    let outcome = Mutex::new(None);
    let see = |event| match event {
        ExaminationEvent::Progress { step } => say(match step {
            Examining::Pages => "Reading the database…",
            Examining::Rows => "Comparing its rows…",
            Examining::Indexes => "Comparing the indexes…",
        }),
        ExaminationEvent::Finished { outcome: ended } => {
            *outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
        }
    };
    engine::examine(directory, see).await;
    let outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
    let all = match outcome {
        Some(ExaminationOutcome::Failed { error }) => return Err(failure(error)),
        Some(ExaminationOutcome::Examined { mended }) => mended,
        None => Vec::new(),
    };
    if json {
        let mended: Value = all.iter().map(|one| with(one, [("words", json!(mended(one)))])).collect();
        print_json(&json!({ "mended": mended }))?;
    } else if all.is_empty() {
        print("The library is whole.")?;
    } else {
        all.iter().try_for_each(|one| print(&mended(one)))?;
    }
    Ok(ExitCode::SUCCESS)
}
