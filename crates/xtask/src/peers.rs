//! Programs that others wrote, which the tests run ours against.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::workspace;

/// Follows the API of OpenAI closely, and needs nothing else.
const AIMOCK: &str = "@copilotkit/aimock@1.43.0";

const FOLDER: &str = "target/peers";
const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// Installs what is not there yet. Where that cannot be done, the tests that need it say so, and pass unless all
/// is required.
pub fn install(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if !Path::new(FOLDER).join("node_modules/.bin/llmock").exists() {
        cmd!(shell, "npm install --prefix {FOLDER} --no-audit --no-fund --no-save {AIMOCK}").run()?;
    }
    if install_python_packages(shell).is_err() {
        // Half of them would be taken for all of them.
        shell.remove_path(Path::new(FOLDER).join("venv"))?;
        workspace::lacks(
            "Python packages cannot be installed: tests with other people's clients and servers are skipped.",
        )?;
    }
    Ok(())
}

fn install_python_packages(shell: &Shell) -> Result<()> {
    let installed = Path::new(FOLDER).join("requirements.txt");
    let wanted = shell.read_file(REQUIREMENTS)?;
    if shell.read_file(&installed).ok().as_ref() != Some(&wanted) {
        cmd!(shell, "python3 -m venv {FOLDER}/venv").run()?;
        cmd!(shell, "{FOLDER}/venv/bin/pip install --quiet --requirement {REQUIREMENTS}").run()?;
        shell.write_file(&installed, wanted)?;
    }
    Ok(())
}
