//! The Debian package, tried in a clean root: what it needs comes with it, a newcomer gets a cited answer, and what was
//! installed goes again.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::Shell;

use crate::package_manager::administrator;
use crate::system_packages;

const PACKAGES: &str = "target/release/bundle/deb";
const ROOT: &str = "target/clean-root";
const NEWCOMER: &str = "tests/package/newcomer.sh";

const INSTALL: &str = "
    apt-get install --quiet=2 --yes --no-install-recommends /footnote.deb
    useradd --create-home newcomer";

/// Without a network.
const TRY: &str = "su --login newcomer --command 'sh /newcomer.sh'";

/// Of the newcomer's own all stays; else nothing of that name.
const REMOVE: &str = "
    apt-get purge --quiet=2 --yes footnote
    rm /footnote.deb
    left=$(find / -xdev -iname '*footnote*' ! -path '/home/*')
    [ -z \"$left\" ] || { echo \"left behind: $left\"; exit 1; }
    test -s /home/newcomer/.local/share/footnote/library.db";

pub fn run(shell: &Shell) -> Result<()> {
    system_packages::ensure(shell, system_packages::CLEAN_ROOT)?;
    let mut packages = shell.read_dir(PACKAGES).unwrap_or_default().into_iter();
    let package = packages.find(|file| file.extension().is_some_and(|kind| kind == "deb"));
    let package = package.context("There is no Debian package: `cargo xtask package` makes one.")?;
    administrator(shell).args(["rm", "-rf", ROOT]).run()?;
    make_root(shell, &package)?;
    in_root(shell, &[], INSTALL)?;
    in_root(shell, &["--net"], TRY)?;
    in_root(shell, &[], REMOVE)?;
    Ok(administrator(shell).args(["rm", "-rf", ROOT]).run()?)
}

/// The least that packages of this system's own version install in, with a display, the package and what is done with it.
fn make_root(shell: &Shell, package: &Path) -> Result<()> {
    let lists = ["sources.list", "sources.list.d/debian.sources", "sources.list.d/ubuntu.sources"];
    let lists = lists.map(|list| Path::new("/etc/apt").join(list)).into_iter().filter(|list| list.exists());
    let package = format!("upload {} /footnote.deb", package.display());
    let newcomer = format!("upload {NEWCOMER} /newcomer.sh");
    // Everybody's shared memory, which the web view needs.
    let memory = r#"chmod 1777 "$1/dev/shm""#;
    let hooks = [&package, &newcomer, memory].map(|hook| format!("--customize-hook={hook}"));
    let options = ["--quiet", "--mode=root", "--variant=minbase", "--include=xvfb", "--skip=cleanup/apt"];
    Ok(administrator(shell).arg("mmdebstrap").args(options).args(hooks).args(["", ROOT]).args(lists).run()?)
}

/// Runs a script in the root, with processes of its own that end with it, and with what else is to be `apart`.
fn in_root(shell: &Shell, apart: &[&str], script: &str) -> Result<()> {
    let apart = ["--mount", "--pid", "--fork", "--kill-child"].iter().chain(apart);
    let root = ["--root", ROOT, "--wd", "/", "--mount-proc"];
    Ok(administrator(shell).arg("unshare").args(apart).args(root).args(["sh", "-exc", script]).run()?)
}
