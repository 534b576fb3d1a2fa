//! Programs that others wrote, which the tests run ours against.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

/// Follows the API of OpenAI closely, and needs nothing else.
const AIMOCK: &str = "@copilotkit/aimock@1.43.0";

const FOLDER: &str = "target/peers";
const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// Installs what is not there yet. Without Python the tests that need it say so and pass.
pub fn install(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if !Path::new(FOLDER).join("node_modules/.bin/llmock").exists() {
        cmd!(shell, "npm install --prefix {FOLDER} --no-audit --no-fund --no-save {AIMOCK}").run()?;
    }
    let installed = Path::new(FOLDER).join("requirements.txt");
    let wanted = shell.read_file(REQUIREMENTS)?;
    if which::which("python3").is_err() {
        println!("Python is missing: the tests with other people's clients and servers are skipped.");
    } else if shell.read_file(&installed).ok().as_ref() != Some(&wanted) {
        cmd!(shell, "python3 -m venv {FOLDER}/venv").run()?;
        cmd!(shell, "{FOLDER}/venv/bin/pip install --quiet --requirement {REQUIREMENTS}").run()?;
        shell.write_file(&installed, wanted)?;
    }
    Ok(())
}
