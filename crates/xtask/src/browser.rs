//! The window's code in a browser, over the engine itself.

use std::path::PathBuf;

use anyhow::Result;
use xshell::Shell;

use crate::{system_packages, ui, workspace};

/// Chromium and what is built from it, by the names of their programs.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Runs the browser tests. Where there is no browser and none can be installed, says so, and passes unless all is
/// required.
pub fn test(shell: &Shell) -> Result<()> {
    let Some(browser) = installed().or_else(|| {
        system_packages::ensure(shell, system_packages::BROWSER_TESTS).ok()?;
        installed()
    }) else {
        return workspace::lacks(
            "There is no Chromium, and it cannot be installed: the window is not tested in a browser.",
        );
    };
    let host = workspace::binary("development-host")?;
    let _browser = shell.push_env("FOOTNOTE_CHROMIUM", browser);
    let _host = shell.push_env("FOOTNOTE_DEVELOPMENT_HOST", host);
    ui::run(shell, "test:browser")
}

fn installed() -> Option<PathBuf> {
    BROWSERS.into_iter().find_map(|name| which::which(name).ok())
}
