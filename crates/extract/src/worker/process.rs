//! The parent's hold on one worker.

use std::io::{self, BufReader};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use super::protocol::{Reply, Request, read_frame, write_frame};
use super::{ARGUMENT, OUT_OF_MEMORY, WorkerCommand};

/// Pages that may wait for the parent before the worker has to.
const WAITING_REPLIES: usize = 16;

/// A running worker; killed when dropped.
#[derive(Debug)]
pub(crate) struct WorkerProcess {
    child: Child,
    input: ChildStdin,
    replies: Receiver<Reply>,
}

pub(crate) enum Received {
    Reply(Reply),
    /// Not within the time given.
    Nothing,
    /// The worker has ended.
    Gone,
}

/// How a worker ended.
#[derive(Clone, Copy)]
pub(crate) enum Ended {
    OutOfMemory,
    Otherwise,
}

impl WorkerProcess {
    pub fn start(command: &WorkerCommand, memory_bytes: u64) -> io::Result<Self> {
        let mut process = Command::new(&command.program);
        process.args(&command.arguments).arg(ARGUMENT).arg(memory_bytes.to_string());
        // Its errors come as replies; anything else it prints could hold a document's text.
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        without_console_window(&mut process);
        let mut child = process.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the worker has no pipes"));
        };
        let (sender, replies) = sync_channel(WAITING_REPLIES);
        let worker = Self { child, input, replies };
        thread::Builder::new()
            .name("extract-replies".into())
            .spawn(move || forward_replies(output, &sender))?;
        Ok(worker)
    }

    pub fn send(&mut self, request: &Request) -> io::Result<()> {
        write_frame(&mut self.input, request)
    }

    pub fn receive(&self, wait: Duration) -> Received {
        match self.replies.recv_timeout(wait) {
            Ok(reply) => Received::Reply(reply),
            Err(RecvTimeoutError::Timeout) => Received::Nothing,
            Err(RecvTimeoutError::Disconnected) => Received::Gone,
        }
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// To be called when the worker is gone: makes sure of it and tells how it went.
    pub fn end(mut self) -> Ended {
        // It has closed its output; whoever does that without ending shall not keep us waiting.
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(2)),
                Ok(Some(status)) if status.code() == Some(OUT_OF_MEMORY.into()) => return Ended::OutOfMemory,
                Ok(Some(_)) | Err(_) => break,
            }
        }
        Ended::Otherwise
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        // Both fail only if the process is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends when the worker closes its output, breaks the protocol, or nobody wants its replies any more.
fn forward_replies(output: ChildStdout, replies: &SyncSender<Reply>) {
    let mut output = BufReader::new(output);
    while let Ok(reply) = read_frame(&mut output) {
        if replies.send(reply).is_err() {
            break;
        }
    }
}

#[cfg(windows)]
pub(crate) fn without_console_window(process: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    process.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
pub(crate) fn without_console_window(_: &mut Command) {}
