//! Programs that others wrote, which the tests run ours against.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::python_packages::PythonPackages;
use crate::workspace;

/// Follows the API of OpenAI closely, and needs nothing else.
const AIMOCK: &str = "@copilotkit/aimock@1.43.0";

const FOLDER: &str = "target/peers";

const CLIENTS: PythonPackages =
    PythonPackages { folder: "target/peers/venv", list: "tests/clients/requirements.txt" };
const POSTGRES: PythonPackages =
    PythonPackages { folder: "target/peers/postgres", list: "tests/postgres/requirements.txt" };
const INDEXES: PythonPackages = PythonPackages {
    folder: "target/peers/bench",
    list: "crates/vectors/benches/neighbours/requirements.txt",
};

/// Installs what is not there yet. Where that cannot be done, the tests that need it say so, and pass unless all
/// is required.
pub fn install(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if !Path::new(FOLDER).join("node_modules/.bin/llmock").exists() {
        cmd!(shell, "npm install --prefix {FOLDER} --no-audit --no-fund --no-save {AIMOCK}").run()?;
    }
    if CLIENTS.install(shell).is_err() {
        workspace::lacks(
            "Python packages cannot be installed: tests with other people's clients and servers are skipped.",
        )?;
    }
    if POSTGRES.install(shell).is_err() {
        workspace::lacks("Postgres cannot be installed: the tests of a team's library are skipped.")?;
    }
    Ok(())
}

/// Installs the indexes that ours is measured beside.
pub fn install_indexes(shell: &Shell) -> Result<()> {
    shell.create_dir(FOLDER)?;
    if INDEXES.install(shell).is_err() {
        println!("Python packages cannot be installed: the indexes of others are skipped.");
    }
    Ok(())
}
