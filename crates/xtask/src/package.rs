//! The package that people install, with PDFium in it.

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::{pdfium, system_packages, ui};

const BUNDLER: &str = "@tauri-apps/cli@2.12.3";

/// Packages of the kinds that this system knows; `options` are those of `tauri build`.
pub fn run(shell: &Shell, options: &[String]) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::build(shell)?;
    pdfium::install(shell)?;
    let (library, name) = (pdfium::fetched(), pdfium::file_name());
    ensure!(library.exists(), "a package without PDFium reads PDFs worse and no scans: fetch it first");
    let resources = format!(r#"{{"bundle": {{"resources": {{"../{}": "{name}"}}}}}}"#, library.display());
    let npx = which::which("npx")?;
    Ok(cmd!(shell, "{npx} --yes {BUNDLER} build --config {resources} {options...}").run()?)
}
