//! A worker and nothing else, for tests and measurements of this crate; shells are their own workers.

use std::process::ExitCode;

fn main() -> ExitCode {
    extract::worker::main_if_requested().unwrap_or(ExitCode::FAILURE)
}
