//! Programs that a test starts and that end with it.

use std::process::{Child, Command};

/// A running program, ended when it is dropped.
pub struct Process(Child);

impl Process {
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        command.spawn().map(Self).map_err(|error| anyhow::anyhow!("{command:?} did not start: {error}"))
    }

    pub fn output(&mut self) -> Option<std::process::ChildStdout> {
        self.0.stdout.take()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
