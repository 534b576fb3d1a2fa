//! What the builds and tests need of the system.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::package_manager::PackageManager;

/// Something of the system's that a build or a test needs.
#[derive(Clone, Copy)]
pub struct Requirement {
    /// What has to be there.
    pub capability: Capability,
    /// The package that has it on Debian and its kin.
    pub apt: &'static str,
    /// The package that has it on Arch.
    pub pacman: &'static str,
}

/// What a package can bring.
#[derive(Clone, Copy)]
pub enum Capability {
    /// A program, by its name.
    Program(&'static str),
    /// A library with its headers, by its `pkg-config` name.
    Library(&'static str),
}

use Capability::{Library, Program};

const COMPILER: Requirement =
    Requirement { capability: Program("cc"), apt: "build-essential", pacman: "gcc" };
const PKG_CONFIG: Requirement =
    Requirement { capability: Program("pkg-config"), apt: "pkg-config", pacman: "pkgconf" };
const WEB_VIEW: Requirement = Requirement {
    capability: Library("webkit2gtk-4.1"),
    apt: "libwebkit2gtk-4.1-dev",
    pacman: "webkit2gtk-4.1",
};
const WEB_DRIVER: Requirement = Requirement {
    capability: Program("WebKitWebDriver"),
    apt: "webkit2gtk-driver",
    pacman: "webkit2gtk-4.1",
};
const VIRTUAL_DISPLAY: Requirement =
    Requirement { capability: Program("Xvfb"), apt: "xvfb", pacman: "xorg-server-xvfb" };
const POINTER: Requirement =
    Requirement { capability: Program("xdotool"), apt: "xdotool", pacman: "xdotool" };
const TESSERACT: Requirement =
    Requirement { capability: Program("tesseract"), apt: "tesseract-ocr", pacman: "tesseract" };
const BROWSER: Requirement =
    Requirement { capability: Program("chromium"), apt: "chromium", pacman: "chromium" };
const BOOTSTRAP: Requirement =
    Requirement { capability: Program("mmdebstrap"), apt: "mmdebstrap", pacman: "mmdebstrap" };
const SIGNATURES: Requirement = Requirement { capability: Program("gpgv"), apt: "gpgv", pacman: "gnupg" };

/// To build the `footnote` command: SQLite is compiled from C.
pub const COMMAND_LINE: &[Requirement] = &[COMPILER];

/// To build and open the window.
pub const WINDOW: &[Requirement] = &[COMPILER, PKG_CONFIG, WEB_VIEW];

/// To build the window and drive it in tests.
pub const WINDOW_TESTS: &[Requirement] =
    &[COMPILER, PKG_CONFIG, WEB_VIEW, WEB_DRIVER, VIRTUAL_DISPLAY, POINTER];

/// To test that scanned pages are read.
pub const TEXT_RECOGNITION: &[Requirement] = &[TESSERACT];

/// To test the window's code in a browser.
pub const BROWSER_TESTS: &[Requirement] = &[BROWSER];

/// To try a package in a root of Debian's.
pub const CLEAN_ROOT: &[Requirement] = &[BOOTSTRAP, SIGNATURES];

/// Sees that all of it is there: installs what is missing where it may, or says how to.
pub fn ensure(shell: &Shell, requirements: &[Requirement]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        // The web view belongs to macOS and Windows, and a Rust that links has brought a C compiler along.
        return Ok(());
    }
    let missing: Vec<Requirement> =
        requirements.iter().filter(|requirement| !requirement.is_met(shell)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(manager) = PackageManager::of_this_system() else {
        let names: Vec<&str> = missing.iter().map(Requirement::name).collect();
        bail!("This system lacks {}. Install them and run this again.", names.join(", "));
    };
    manager.install(shell, &missing)
}

impl Requirement {
    fn is_met(&self, shell: &Shell) -> bool {
        match self.capability {
            Program(name) => which::which(name).is_ok(),
            Library(name) => cmd!(shell, "pkg-config --exists {name}").quiet().ignore_stderr().run().is_ok(),
        }
    }

    fn name(&self) -> &'static str {
        match self.capability {
            Program(name) | Library(name) => name,
        }
    }
}
