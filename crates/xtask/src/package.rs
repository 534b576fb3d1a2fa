//! The package that people install, with PDFium and the models in it.

use anyhow::{Result, ensure};
use serde_json::{Map, Value, json};
use xshell::{Shell, cmd};

use crate::{models, pdfium, system_packages, ui};

const BUNDLER: &str = "@tauri-apps/cli@2.12.3";

/// Packages of the kinds that this system knows; `options` are those of `tauri build`.
pub fn run(shell: &Shell, options: &[String]) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::build(shell)?;
    pdfium::install(shell)?;
    models::install(shell)?;
    let (library, name) = (pdfium::fetched(), pdfium::file_name());
    ensure!(library.exists(), "a package without PDFium reads PDFs worse and no scans: fetch it first");
    let files = models::fetched(shell)?.into_iter().chain([(library, name.into())]);
    let resources: Map<String, Value> =
        files.map(|(file, place)| (format!("../{}", file.display()), json!(place))).collect();
    let resources = json!({ "bundle": { "resources": resources } }).to_string();
    let npx = which::which("npx")?;
    Ok(cmd!(shell, "{npx} --yes {BUNDLER} build --config {resources} {options...}").run()?)
}
