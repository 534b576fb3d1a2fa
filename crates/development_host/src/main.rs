//! The engine's commands over HTTP, so that the window's code runs in a browser: for development and tests only.
//!
//! It listens on this computer alone. A page of another origin cannot call it: every call needs a JSON body, which
//! browsers send across origins only where a server allows it, and this one never does.

mod commands;
mod events;
mod reply;

use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Parser;
use engine::{Engine, EngineOptions, Overrides, WorkerCommand};
use tokio::net::TcpListener;

/// Serves the window's commands on this computer, at `/api/<command>`.
#[derive(Debug, Parser)]
struct Flags {
    /// The library's folder
    #[arg(long)]
    library: PathBuf,
    /// Any free port where it is 0
    #[arg(long, default_value_t = 1421)]
    port: u16,
}

fn main() -> ExitCode {
    if let Some(exit_code) = engine::worker_main_if_requested() {
        return exit_code;
    }
    match run(Flags::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "{error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(flags: Flags) -> Result<()> {
    let engine = Engine::open(EngineOptions {
        directory: flags.library,
        overrides: Overrides::from_environment(),
        keychain: None,
        worker: WorkerCommand::current_executable()?,
    })
    .map_err(|error| anyhow::anyhow!(error.message))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, flags.port)).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    axum::serve(listener, commands::router(Arc::new(engine))).await?;
    Ok(())
}
