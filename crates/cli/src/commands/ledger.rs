//! `footnote ledger`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;
use engine::api::Ledger;
use engine::wording::{counted, ledger_request, ledger_sum};

use crate::arguments;
use crate::failing::failure;
use crate::output::{print, print_json, say};

pub(crate) async fn run(engine: &Engine, arguments: &arguments::Ledger, json: bool) -> Result<ExitCode> {
    let ledger = engine.ledger(arguments.last).await.map_err(failure)?;
    if json {
        print_json(&ledger)?;
    } else {
        show(&ledger)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(ledger: &Ledger) -> Result<()> {
    let (local, sent): (Vec<_>, Vec<_>) = ledger.sums.iter().partition(|sum| sum.is_local);
    if sent.is_empty() {
        print("Nothing has left this computer.")?;
    }
    for (title, sums) in [("Left this computer", sent), ("Went to servers on this computer", local)] {
        for day in sums.chunk_by(|one, other| one.day == other.day) {
            print(&format!("{title} on {}:", day[0].day))?;
            day.iter().try_for_each(|sum| print(&format!("  {}", ledger_sum(sum))))?;
        }
    }
    for request in &ledger.requests {
        print(&ledger_request(request))?;
    }
    if ledger.unnoted > 0 {
        say(&format!("{} could not be noted.", counted(ledger.unnoted, "request")));
    }
    Ok(())
}
