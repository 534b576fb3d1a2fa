//! The window's commands for a browser on this computer: for development and tests only.

mod browser;

use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Parser;
use engine::{Engine, EngineOptions, Overrides, WorkerCommand, wording};
use tokio::net::TcpListener;

use browser::Browser;

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
        team: None,
        overrides: Overrides::from_environment(),
        keychain: None,
        worker: WorkerCommand::current_executable()?,
    })
    .map_err(|error| anyhow::anyhow!(wording::error(&error.message).into_owned()))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, flags.port)).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    axum::serve(listener, server::commands(Arc::new(engine), Arc::new(Browser))).await?;
    Ok(())
}
