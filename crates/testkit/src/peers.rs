//! Programs that others wrote, which tests run ours against: real servers, and the official client.
//!
//! `cargo xtask test` installs them into `target/peers`. A test whose program is not there says so and passes, but
//! fails where `FOOTNOTE_REQUIRE_ALL` is set, as in continuous integration.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A Python server of a hundred packages may take its time on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The path of an installed program, such as `venv/bin/python`; prints a line where it is missing.
///
/// # Panics
/// It is missing where all are required.
#[must_use]
pub fn find(program: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/peers").join(program);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("FOOTNOTE_REQUIRE_ALL").is_none(), "{program} is not installed, and required");
    let mut stderr = io::stderr();
    // A line that cannot be written is no reason to fail.
    let _ = io::Write::write_fmt(
        &mut stderr,
        format_args!("skipped: {program} is not installed (cargo xtask test does)\n"),
    );
    None
}

/// A server in a process of its own; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts a server on a free port, which `command` is told, and waits until it takes connections.
    ///
    /// # Errors
    /// It did not start, ended, or took no connection in time.
    pub fn start(command: impl FnOnce(u16) -> Command) -> io::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let process = command(port).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let mut server = Self { process, port };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if server.process.try_wait()?.is_some() || Instant::now() > deadline {
                return Err(io::Error::other("the server took no connection"));
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// The base URL of its API.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
