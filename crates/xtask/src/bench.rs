//! Figures of this computer: ingestion, search, first token.

use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::pdfium;

pub fn run(shell: &Shell, documents: Option<PathBuf>) -> Result<()> {
    pdfium::install(shell)?;
    cmd!(shell, "cargo bench --package engine --bench roads -- {documents...}").run()?;
    Ok(())
}
