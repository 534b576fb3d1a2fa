//! `footnote unlock`.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use console::Term;
use engine::api::{Missing, UnlockRequest};
use engine::{Engine, wording};

use crate::arguments::Unlock;
use crate::failing::failure;
use crate::json::of_unlocked;
use crate::output::{harmless, print_json, say};

pub(crate) async fn run(engine: &Engine, arguments: Unlock, json: bool) -> Result<ExitCode> {
    let Unlock { file, remember } = arguments;
    let name = file.display().to_string();
    let password = read_password(&name).context("The password cannot be read")?;
    let request = UnlockRequest { path: file, password, remember };
    let unlocked = engine.unlock_document(request).await.map_err(failure)?;
    if json {
        print_json(&of_unlocked(&unlocked))?;
    }
    match unlocked.failure {
        Some(failure) => {
            let reason = match failure.missing {
                Some(Missing::Password) => "It does not open with this password.".into(),
                None => wording::reason(&failure.reason),
            };
            say(&format!("{name}: {reason}"));
            return Ok(ExitCode::FAILURE);
        }
        None => say(&format!("{name} is read in.")),
    }
    if remember && !unlocked.remembered {
        say("The system has no keychain that takes the password; it is not kept.");
    }
    Ok(ExitCode::SUCCESS)
}

/// Never from an argument: other users of the system can see those.
pub(super) fn read_password(name: &str) -> io::Result<String> {
    if io::stdin().is_terminal() {
        let terminal = Term::stderr();
        terminal.write_str(&format!("Password of {}: ", harmless(name)))?;
        return terminal.read_secure_line();
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
