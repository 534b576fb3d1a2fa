//! What a command that fails leaves behind: words on stderr, JSON on stdout where that was asked for, an exit code.

use std::error::Error;
use std::fmt::{self, Display};
use std::io;
use std::process::ExitCode;

use engine::api::ApiError;
use engine::wording;
use serde_json::{Value, json};

use crate::json::of_error;
use crate::output::{print_json, say};

/// An error of the engine as one of the command line.
pub(crate) fn failure(error: ApiError) -> anyhow::Error {
    anyhow::Error::new(Failed(error))
}

#[derive(Debug)]
struct Failed(ApiError);

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&wording::error(&self.0.message))
    }
}

impl Error for Failed {}

/// Of a command that began and failed.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let message = format!("{error:#}");
    report_json(&match error.downcast_ref::<Failed>() {
        Some(Failed(error)) => of_error(error),
        None => json!({ "code": "failed", "message": message }),
    });
    say(&format!("error: {message}"));
    ExitCode::FAILURE
}

/// Of arguments that make no sense; help is no failure.
pub(crate) fn report_usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        report_json(&json!({ "code": "usage", "message": error.to_string().trim_end() }));
    }
    // What cannot be printed is lost.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Whoever reads the output has seen enough, as `head` has.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// By the bare arguments, which are known even where they make no sense.
fn report_json(error: &Value) {
    let arguments: Vec<_> = std::env::args_os().take_while(|argument| argument != "--").collect();
    let is_asked_for = |flag: &str| arguments.iter().any(|argument| argument == flag);
    // What cannot be printed is lost.
    if is_asked_for("--stream") {
        let _ = print_json(&json!({ "event": "error", "error": error }));
    } else if is_asked_for("--json") {
        let _ = print_json(&json!({ "error": error }));
    }
}
