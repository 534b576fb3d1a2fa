//! Programs of crates.io that some commands need.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

const FOLDER: &str = "target/tools";

/// A crate with a program of its own name.
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
    /// In place of its default ones.
    pub features: &'static [&'static str],
}

impl Tool {
    /// The one that is installed on this computer; else it is built here, once.
    pub fn find(&self, shell: &Shell) -> Result<PathBuf> {
        let Self { name, version, features } = self;
        if let Ok(installed) = which::which(name) {
            return Ok(installed);
        }
        let built = Path::new(FOLDER).join("bin").join(format!("{name}{EXE_SUFFIX}"));
        if !built.exists() {
            let features = features.join(",");
            cmd!(
                shell,
                "cargo install --locked --root {FOLDER} --no-default-features --features {features}
                 --version {version} {name}"
            )
            .run()?;
        }
        Ok(shell.current_dir().join(built))
    }
}
