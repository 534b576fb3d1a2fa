//! The child process that parses untrusted bytes: the shell's own executable, started with another entry.

mod limits;
pub(crate) mod process;
pub(crate) mod protocol;
mod serve;

pub(crate) use process::without_console_window;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// The first argument that turns the executable into a worker; the memory limit in bytes follows it.
const ARGUMENT: &str = "extract-worker";

/// How a worker that went over its memory limit ends.
const OUT_OF_MEMORY: u8 = 86;

/// What starts a worker: a program whose `main` begins with [`main_if_requested`].
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    /// The executable.
    pub program: PathBuf,
    /// Arguments in front of the worker's own.
    pub arguments: Vec<OsString>,
}

impl WorkerCommand {
    /// The executable that is running now.
    ///
    /// # Errors
    /// The operating system does not tell where it is.
    pub fn current_executable() -> io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, arguments: Vec::new() })
    }
}

/// Does the worker's work until its parent goes away, if this process was started as one; returns nothing at
/// once if not. To be called before anything else in `main`, which then returns the code.
pub fn main_if_requested() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let memory_bytes = arguments.next()?.to_str()?.parse().ok()?;
    Some(serve::run(memory_bytes))
}
