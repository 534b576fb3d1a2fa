//! The window's code: its packages and its build.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};
use xshell::{Cmd, Shell, cmd};

/// Installs the packages and builds `ui/dist`, each only where something has changed since.
pub fn build(shell: &Shell) -> Result<()> {
    install(shell)?;
    if newest(Path::new("ui"))? > modified(Path::new("ui/dist/index.html")) {
        npm(shell)?.args(["run", "build"]).run()?;
    }
    Ok(())
}

/// Runs a script of `ui/package.json`.
pub fn run(shell: &Shell, script: &str) -> Result<()> {
    Ok(npm(shell)?.args(["run", script]).run()?)
}

/// Installs the packages, where their list has changed since.
pub fn install(shell: &Shell) -> Result<()> {
    // npm writes this file at the end of an installation.
    let installed = modified(Path::new("ui/node_modules/.package-lock.json"));
    if modified(Path::new("ui/package-lock.json")) > installed {
        npm(shell)?.args(["ci", "--no-audit", "--no-fund"]).run()?;
    }
    Ok(())
}

fn npm(shell: &Shell) -> Result<Cmd<'_>> {
    let npm = which::which("npm").context("Node.js is missing. Install Node 20.19 or newer with npm.")?;
    Ok(cmd!(shell, "{npm} --prefix ui"))
}

/// When the sources were last changed. What npm and the tests write there does not count.
fn newest(folder: &Path) -> Result<Option<SystemTime>> {
    let is_source = |entry: &DirEntry| {
        let name = entry.file_name();
        name != "node_modules" && name != "dist" && name != "test-results"
    };
    let mut newest = None;
    for entry in WalkDir::new(folder).into_iter().filter_entry(is_source) {
        newest = newest.max(modified(entry?.path()));
    }
    Ok(newest)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}
