//! An extraction worker and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    extract::worker::main_if_requested().unwrap_or(ExitCode::FAILURE)
}
