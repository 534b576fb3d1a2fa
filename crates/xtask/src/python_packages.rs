//! Packages of PyPI, in environments of their own.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

/// An environment and what is in it.
pub struct PythonPackages {
    pub folder: &'static str,
    /// The file that lists them.
    pub list: &'static str,
}

impl PythonPackages {
    /// Installs what is not there yet; returns the folder of its programs.
    pub fn install(&self, shell: &Shell) -> Result<PathBuf> {
        let folder = Path::new(self.folder);
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let installed = folder.join("installed.txt");
        let wanted = shell.read_file(self.list)?;
        if shell.read_file(&installed).ok().as_ref() != Some(&wanted) {
            let python = if cfg!(windows) { "python" } else { "python3" };
            let (pip, list) = (programs.join("python"), self.list);
            let install = || {
                cmd!(shell, "{python} -m venv {folder}").run()?;
                cmd!(shell, "{pip} -m pip install --quiet --requirement {list}").run()
            };
            if let Err(error) = install() {
                // Half of them would be taken for all of them.
                shell.remove_path(folder)?;
                return Err(error.into());
            }
            shell.write_file(&installed, wanted)?;
        }
        Ok(programs)
    }
}
