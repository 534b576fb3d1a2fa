//! The one place that prints.

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};
use serde::Serialize;

/// A word to the person, on stderr. One that nobody can read any more is lost.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A line of the result, on stdout.
pub(crate) fn print(text: &str) -> Result<()> {
    writeln!(io::stdout().lock(), "{text}").context("The output cannot be written")
}

/// A piece of the result without a line break, shown at once.
pub(crate) fn print_piece(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    write!(stdout, "{text}").and_then(|()| stdout.flush()).context("The output cannot be written")
}

/// A value as one line of JSON, on stdout.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    print(&serde_json::to_string(value).context("The result cannot be written as JSON")?)
}
