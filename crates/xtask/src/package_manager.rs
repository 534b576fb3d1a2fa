//! The system's package manager.

use anyhow::{Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::system_packages::{Capability, Requirement};

/// The package managers that Footnote can speak of.
#[derive(Clone, Copy)]
pub enum PackageManager {
    Apt,
    Dnf,
    Pacman,
    Zypper,
}

impl PackageManager {
    /// The one that is installed here.
    pub fn of_this_system() -> Option<Self> {
        [(Self::Apt, "apt-get"), (Self::Dnf, "dnf"), (Self::Pacman, "pacman"), (Self::Zypper, "zypper")]
            .into_iter()
            .find(|(_, program)| which::which(program).is_ok())
            .map(|(manager, _)| manager)
    }

    /// Installs what is missing with apt where no password is needed; elsewhere fails with the command to give.
    pub fn install(self, shell: &Shell, missing: &[Requirement]) -> Result<()> {
        let packages: Vec<String> = missing.iter().map(|requirement| self.package(requirement)).collect();
        match self {
            Self::Apt if is_root(shell) || needs_no_password(shell) => {
                println!("Installing the system packages that are missing: {}", packages.join(" "));
                apt_get(shell).arg("update").run()?;
                apt_get(shell).args(["install", "--yes", "--no-install-recommends"]).args(packages).run()?;
                Ok(())
            }
            _ => bail!(
                "System packages are missing. Install them and run this again:\n\n    sudo {} {}\n",
                self.install_command(),
                packages.join(" ")
            ),
        }
    }

    /// The name to install by. RPM-based systems know a package by what it brings, whatever its own name.
    fn package(self, requirement: &Requirement) -> String {
        match (self, requirement.capability) {
            (Self::Apt, _) => requirement.apt.to_owned(),
            (Self::Pacman, _) => requirement.pacman.to_owned(),
            (Self::Dnf | Self::Zypper, Capability::Program(name)) => format!("/usr/bin/{name}"),
            (Self::Dnf | Self::Zypper, Capability::Library(name)) => format!("'pkgconfig({name})'"),
        }
    }

    fn install_command(self) -> &'static str {
        match self {
            Self::Apt => "apt-get install",
            Self::Dnf => "dnf install",
            Self::Pacman => "pacman -S --needed",
            Self::Zypper => "zypper install",
        }
    }
}

/// The beginning of a command that needs the rights of the system's administrator.
pub fn administrator(shell: &Shell) -> Cmd<'_> {
    if is_root(shell) { cmd!(shell, "env") } else { cmd!(shell, "sudo --non-interactive env") }
}

fn apt_get(shell: &Shell) -> Cmd<'_> {
    administrator(shell).args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"])
}

fn is_root(shell: &Shell) -> bool {
    cmd!(shell, "id --user").quiet().read().is_ok_and(|user| user == "0")
}

fn needs_no_password(shell: &Shell) -> bool {
    cmd!(shell, "sudo --non-interactive true").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}
