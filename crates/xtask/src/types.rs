//! The window's types, which `ts-rs` writes from the engine's while its tests run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

/// Where `.cargo/config.toml` tells `ts-rs` to write.
const FOLDER: &str = "ui/src/api";

/// Writes the types anew.
pub fn run(shell: &Shell) -> Result<()> {
    Ok(cmd!(shell, "cargo test --package engine --lib export_bindings").run()?)
}

/// The types as they stand, to be compared with what the tests write.
pub struct Snapshot(BTreeMap<PathBuf, String>);

impl Snapshot {
    pub fn take() -> Result<Self> {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(FOLDER).into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() {
                files.insert(entry.path().to_owned(), fs::read_to_string(entry.path())?);
            }
        }
        Ok(Self(files))
    }

    /// Fails where the tests have written other types than those that stood there.
    pub fn ensure_unchanged(&self) -> Result<()> {
        let written = Self::take()?;
        let changed: Vec<&Path> = written
            .0
            .iter()
            .filter(|(path, text)| self.0.get(*path) != Some(*text))
            .map(|(path, _)| path.as_path())
            .collect();
        ensure!(
            changed.is_empty(),
            "The window's types were out of date and have been written anew: {changed:?}"
        );
        Ok(())
    }
}
