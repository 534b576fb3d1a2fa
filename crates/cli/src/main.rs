//! The `footnote` command: JSON goes to stdout, all else to stderr; exit code 0 done, 1 failed, 2 wrong usage.

mod arguments;
mod commands;
mod output;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use engine::api::ApiError;
use engine::{Engine, EngineOptions, SystemKeychain, WorkerCommand, default_library_directory};

use arguments::{Arguments, Command, EndpointCommand};

/// The vectors of a library and a worker's many small texts take a third less memory with it than with glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = engine::worker_main_if_requested() {
        return code;
    }
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            output::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let directory = match arguments.library {
        Some(directory) => directory,
        None => default_library_directory().map_err(failure)?,
    };
    let options = EngineOptions {
        directory,
        overrides: arguments.endpoint.overrides(),
        keychain: Some(Arc::new(SystemKeychain)),
        worker: WorkerCommand::current_executable()
            .context("The system does not tell where this program is")?,
    };
    let engine = Engine::open(options).map_err(failure)?;
    let runtime = tokio::runtime::Runtime::new().context("The system gives no threads")?;
    runtime.block_on(async {
        match arguments.command {
            Command::Add(add) => commands::index::add(&engine, add).await,
            Command::Sync(sync) => commands::index::sync(&engine, sync).await,
            Command::Unlock(unlock) => commands::unlock::run(&engine, unlock).await,
            Command::Recognise(recognise) => commands::recognise::run(&engine, recognise).await,
            Command::Search(search) => commands::search::run(&engine, search).await,
            Command::Ask(ask) => commands::ask::run(&engine, ask).await,
            Command::Eval(eval) => commands::eval::run(&engine, eval).await,
            Command::Conversations { command } => commands::conversations::run(&engine, command).await,
            Command::Status(status) => commands::status::run(&engine, &status),
            Command::Endpoint { command: EndpointCommand::Check(check) } => {
                commands::endpoint::check(&engine, &check).await
            }
            Command::Image(image) => commands::image::run(&engine, image).await,
        }
    })
}

/// An error of the engine as one of the command line.
fn failure(error: ApiError) -> anyhow::Error {
    anyhow::Error::msg(error.message)
}
