//! Where things are, and how the desktop binary is built.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use xshell::Shell;

/// The feature that puts the UI into the desktop binary.
pub const UI_IN_THE_BINARY: &str = "footnote-desktop/custom-protocol";

/// The folders of the binaries; the builds of some may still be to come.
pub const PROFILES: [&str; 2] = ["debug", "release"];

/// Goes to the root of the workspace, from wherever the command was given.
pub fn enter() -> Result<Shell> {
    env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
    Ok(Shell::new()?)
}

/// Says that tests lack what they need. Where `FOOTNOTE_REQUIRE_ALL` is set, as in continuous integration, that is an
/// error.
pub fn lacks(what: &str) -> Result<()> {
    ensure!(env::var_os("FOOTNOTE_REQUIRE_ALL").is_none(), "{what}");
    println!("{what}");
    Ok(())
}

/// A binary of the workspace. Cargo puts them all where this one stands.
pub fn binary(name: &str) -> Result<PathBuf> {
    let this = env::current_exe().context("the folder of the built binaries is not known")?;
    Ok(this.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}
