//! The licences of all that a package carries, in one file.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;
use xshell::{Shell, cmd};

use crate::tools::Tool;
use crate::{models, pdfium};

/// Reads the licences off the crates.
const ABOUT: Tool = Tool { name: "cargo-about", version: "0.9.3", features: &["cli"] };

const SETTINGS: &str = "src-tauri/packaging/about.toml";
const TEMPLATE: &str = "src-tauri/packaging/third-party.hbs";

/// Vite writes it beside what it bundles.
const OF_THE_WINDOW: &str = "ui/dist/licenses.md";

/// Writes them, once the window's code is built, and PDFium and the models are fetched.
pub fn write(shell: &Shell, file: &Path) -> Result<()> {
    let about = ABOUT.find(shell)?;
    let crates =
        cmd!(shell, "{about} generate --workspace --locked --config {SETTINGS} {TEMPLATE}").read()?;
    let parts = [
        crates,
        format!("# The window's code\n\n{}", shell.read_file(OF_THE_WINDOW)?),
        of_pdfium(shell)?,
        of_models(shell)?,
    ];
    Ok(shell.write_file(file, parts.join("\n\n"))?)
}

fn of_pdfium(shell: &Shell) -> Result<String> {
    let folder = pdfium::licences(shell)?;
    let mut text = "# PDFium, and what it is built of".to_owned();
    for file in WalkDir::new(&folder).sort_by_file_name() {
        let file = file?;
        if file.file_type().is_file() {
            let name = file.path().strip_prefix(&folder)?.display();
            text += &format!("\n\n## {name}\n\n```\n{}\n```", shell.read_file(file.path())?);
        }
    }
    Ok(text)
}

fn of_models(shell: &Shell) -> Result<String> {
    let lines = models::credits(shell)?.into_iter().map(|credit| format!("\n- {credit}"));
    Ok(format!("# Models\n\nThe texts of their licences stand above.\n{}\n", lines.collect::<String>()))
}
