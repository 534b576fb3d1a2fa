//! Whether links of the documentation within the project lead somewhere.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::python_packages::PythonPackages;
use crate::workspace;

/// Carries the program as it is.
const LYCHEE: PythonPackages = PythonPackages { folder: "target/lychee", list: "docs/requirements.txt" };

/// Checks every page, and the headings that links name. What is elsewhere is not asked for.
pub fn check(shell: &Shell) -> Result<()> {
    let Ok(programs) = LYCHEE.install(shell) else {
        return workspace::lacks(
            "The checker of links cannot be installed: links of the documentation are not checked.",
        );
    };
    let lychee = programs.join("lychee");
    Ok(cmd!(shell, "{lychee} --offline --include-fragments --no-progress *.md docs/*.md").run()?)
}
