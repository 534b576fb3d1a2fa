//! From a fresh checkout to a question answered: in the window, or on the command line without a display.

use std::env;
use std::path::PathBuf;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::workspace::{self, UI_IN_THE_BINARY};
use crate::{models, pdfium, system_packages, ui};

/// The documents that come with Footnote.
const SAMPLE: &str = "src-tauri/sample";

/// A question that they answer.
const QUESTION: &str = "How much did the restoration cost in all?";

pub fn run(shell: &Shell) -> Result<()> {
    pdfium::install(shell)?;
    models::install(shell)?;
    if has_display() { in_the_window(shell) } else { on_the_command_line(shell) }
}

fn in_the_window(shell: &Shell) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::build(shell)?;
    cmd!(shell, "cargo build --package footnote --package footnote-desktop --features {UI_IN_THE_BINARY}")
        .run()?;
    let library = sample_library(shell)?;
    println!(
        "Opening the window. Ask it, say: {QUESTION}\nThis library is in {}; it is not yours, which stays as it is.",
        library.display()
    );
    let desktop = workspace::binary("footnote-desktop")?;
    Ok(cmd!(shell, "{desktop}").env("FOOTNOTE_LIBRARY", &library).run()?)
}

fn on_the_command_line(shell: &Shell) -> Result<()> {
    println!("There is no display, so no window can open: the sample is asked on the command line instead.");
    system_packages::ensure(shell, system_packages::COMMAND_LINE)?;
    cmd!(shell, "cargo build --package footnote").run()?;
    let library = sample_library(shell)?;
    let footnote = workspace::binary("footnote")?;
    Ok(cmd!(shell, "{footnote} --library {library} ask {QUESTION}").run()?)
}

/// Takes the sample into a library of its own beside the binaries, so that nobody's own library is touched.
fn sample_library(shell: &Shell) -> Result<PathBuf> {
    let footnote = workspace::binary("footnote")?;
    let library = footnote.with_file_name("sample-library");
    cmd!(shell, "{footnote} --library {library} add {SAMPLE}").run()?;
    Ok(library)
}

fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
