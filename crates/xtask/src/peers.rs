//! Programs that others wrote, which the tests run ours against.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::workspace;

/// Follows the API of OpenAI closely, and needs nothing else.
const AIMOCK: &str = "@copilotkit/aimock@1.43.0";

const FOLDER: &str = "target/peers";

/// Python packages: the folder they are installed in, and the list of them.
const CLIENTS: (&str, &str) = ("venv", "tests/clients/requirements.txt");
const INDEXES: (&str, &str) = ("bench", "crates/vectors/benches/neighbours/requirements.txt");

/// Installs what is not there yet. Where that cannot be done, the tests that need it say so, and pass unless all
/// is required.
pub fn install(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if !Path::new(FOLDER).join("node_modules/.bin/llmock").exists() {
        cmd!(shell, "npm install --prefix {FOLDER} --no-audit --no-fund --no-save {AIMOCK}").run()?;
    }
    if install_python_packages(shell, CLIENTS).is_err() {
        workspace::lacks(
            "Python packages cannot be installed: tests with other people's clients and servers are skipped.",
        )?;
    }
    Ok(())
}

/// Installs the indexes that ours is measured beside.
pub fn install_indexes(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if install_python_packages(shell, INDEXES).is_err() {
        println!("Python packages cannot be installed: the indexes of others are skipped.");
    }
    Ok(())
}

fn install_python_packages(shell: &Shell, (folder, list): (&str, &str)) -> Result<()> {
    let folder = Path::new(FOLDER).join(folder);
    let installed = folder.join("installed.txt");
    let wanted = shell.read_file(list)?;
    if shell.read_file(&installed).ok().as_ref() != Some(&wanted) {
        let install = || {
            cmd!(shell, "python3 -m venv {folder}").run()?;
            let pip = folder.join("bin/pip");
            cmd!(shell, "{pip} install --quiet --requirement {list}").run()
        };
        if let Err(error) = install() {
            // Half of them would be taken for all of them.
            shell.remove_path(&folder)?;
            return Err(error.into());
        }
        shell.write_file(&installed, wanted)?;
    }
    Ok(())
}
