//! Asks the person before something is done that cannot be taken back.

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, Result, bail};
use console::Term;

/// Whether the person says yes. Where nobody can be asked, an error with these words.
pub(crate) fn agreed(question: &str, nobody: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("{nobody}");
    }
    let terminal = Term::stderr();
    let ask = || {
        terminal.write_str(&format!("{question} [y/N] "))?;
        terminal.read_line()
    };
    let said = ask().context("The answer cannot be read")?;
    Ok(matches!(said.trim().to_lowercase().as_str(), "y" | "yes"))
}
