//! Every test: the window's code, the crates, the command line, and the window end to end, the real one and in a
//! browser.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::types::Snapshot;
use crate::workspace::UI_IN_THE_BINARY;
use crate::{browser, models, pdfium, peers, system_packages, ui};

pub fn run(shell: &Shell) -> Result<()> {
    system_packages::ensure(shell, system_packages::WINDOW_TESTS)?;
    system_packages::ensure(shell, system_packages::TEXT_RECOGNITION)?;
    peers::install(shell)?;
    pdfium::install(shell)?;
    models::install(shell)?;
    ui::build(shell)?;
    ui::run(shell, "test")?;

    let types = Snapshot::take()?;
    // One selection of packages and features for all, so that nothing is built twice.
    let selection = ["--workspace", "--features", UI_IN_THE_BINARY];
    if which::which("cargo-nextest").is_ok() {
        cmd!(shell, "cargo nextest run --no-fail-fast {selection...}").run()?;
    } else {
        cmd!(shell, "cargo test --no-fail-fast --all-targets {selection...}").run()?;
    }
    types.ensure_unchanged()?;
    // The development host was built with all the rest.
    browser::test(shell)
}
