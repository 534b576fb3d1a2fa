//! Format, lints, documentation and its links, with warnings as errors.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::workspace::UI_IN_THE_BINARY;
use crate::{links, system_packages, ui};

pub fn run(shell: &Shell) -> Result<()> {
    cmd!(shell, "cargo fmt --all --check").run()?;
    links::check(shell)?;
    // The desktop shell takes ui/dist in when it is compiled.
    system_packages::ensure(shell, system_packages::WINDOW)?;
    ui::build(shell)?;
    ui::run(shell, "check")?;
    ui::run(shell, "lint")?;
    cmd!(shell, "cargo clippy --workspace --all-targets --features {UI_IN_THE_BINARY} -- --deny warnings")
        .run()?;
    // With private items, as these crates are read by who works on them alone.
    cmd!(
        shell,
        "cargo doc --workspace --no-deps --document-private-items --quiet --features {UI_IN_THE_BINARY}"
    )
    .env("RUSTDOCFLAGS", "--deny warnings")
    .run()?;
    Ok(())
}
