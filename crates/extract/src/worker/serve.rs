//! The child's side: one thread parses, one waits for requests, and the first one watches over both.

use std::cell::RefCell;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::OUT_OF_MEMORY;
use super::limits::{limit_address_space, memory_bytes};
use super::protocol::{Reply, Request, Task, read_frame, write_frame};
use crate::formats::{self, DocumentInfo};
use crate::{ExtractError, Page};

/// Parsers recurse as deeply as a file nests. Only what is used of it takes memory.
const STACK_BYTES: usize = 256 << 20;

/// Memory can grow by about 100 MB between two looks.
const MEMORY_WATCH: Duration = Duration::from_millis(20);

enum Event {
    Started,
    Finished,
    /// The parent is gone, or the pipe to it is broken.
    Closed,
}

/// Serves requests from the standard input until it closes, whatever the parser is doing at that moment.
pub(super) fn run(memory_limit: u64) -> ExitCode {
    limit_address_space(memory_limit);
    // A parser's panic is answered as an error; its message could hold text of the document.
    std::panic::set_hook(Box::new(|_| {}));
    let Ok(output) = protected_output() else { return ExitCode::FAILURE };
    let (events, watched) = channel();
    let (requests, waiting) = channel();

    let from_input = events.clone();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(request) = read_frame::<Request>(&mut input) {
            let _ = requests.send(request);
        }
        let _ = from_input.send(Event::Closed);
    });
    let parser = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || answer_requests(&waiting, BufWriter::new(output), &events));
    if parser.is_err() {
        return ExitCode::FAILURE;
    }
    watch(&watched, memory_limit)
}

/// Returns when the process has to end. A parser at work does not hold it back.
fn watch(events: &Receiver<Event>, memory_limit: u64) -> ExitCode {
    let mut parsing = false;
    loop {
        let event = if parsing {
            events.recv_timeout(MEMORY_WATCH)
        } else {
            events.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match event {
            Ok(Event::Started) => parsing = true,
            Ok(Event::Finished) => parsing = false,
            Ok(Event::Closed) => return ExitCode::SUCCESS,
            Err(RecvTimeoutError::Timeout) if memory_bytes() > memory_limit => {
                return ExitCode::from(OUT_OF_MEMORY);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return ExitCode::FAILURE,
        }
    }
}

/// Ends when a reply cannot be sent, or when the requests end.
fn answer_requests(requests: &Receiver<Request>, mut output: impl Write, events: &Sender<Event>) {
    while let Ok(request) = requests.recv() {
        let _ = events.send(Event::Started);
        let mut sent = Ok(());
        let mut send = |reply| {
            if sent.is_ok() {
                sent = write_frame(&mut output, &reply);
            }
        };
        let done = catch_unwind(AssertUnwindSafe(|| carry_out(&request, &mut send)));
        let panicked = done.is_err();
        let result = done.unwrap_or_else(|_| Err(ExtractError::damaged("its structure is broken")));
        let finished = Reply::Finished { result, panicked, memory_bytes: memory_bytes() };
        if sent.and_then(|()| write_frame(&mut output, &finished)).is_err() {
            break;
        }
        let _ = events.send(Event::Finished);
    }
    let _ = events.send(Event::Closed);
}

fn carry_out(request: &Request, send: &mut dyn FnMut(Reply)) -> Result<DocumentInfo, ExtractError> {
    match &request.task {
        Task::Read { engines, transcripts } => {
            let send = RefCell::new(send);
            let recognising = || send.borrow_mut()(Reply::Recognising);
            let send_page = &mut |page: Page| send.borrow_mut()(Reply::Page(page));
            formats::read_file(request, *engines, transcripts, &recognising, send_page)
        }
        Task::Draw { page } => {
            send(Reply::Picture(formats::draw_page(request, *page)?));
            Ok(DocumentInfo::default())
        }
    }
}

/// The pipe to the parent, out of reach of a library that prints: what it prints to the standard output then
/// goes where the standard error goes.
#[cfg(unix)]
fn protected_output() -> io::Result<File> {
    let output = rustix::io::dup(rustix::stdio::stdout())?;
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    Ok(File::from(output))
}

/// Not protected here: a print would break the protocol, and cost the document.
#[cfg(not(unix))]
fn protected_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}
