//! The `footnote` command: JSON goes to stdout, all else to stderr; exit code 0 done, 1 failed, 2 wrong usage.

mod arguments;
mod asking;
mod commands;
mod failing;
mod json;
mod layout;
mod output;
mod words;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use engine::api::LibraryError;
use engine::{
    Engine, EngineOptions, SystemKeychain, WorkerCommand, default_library_directory, team_address,
    team_directory,
};
use tokio::runtime::Runtime;

use arguments::{Arguments, Ask, Command, EndpointCommand, Mcp};
use failing::failure;

/// The vectors of a library and a worker's many small texts take a third less memory with it than with glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = engine::worker_main_if_requested() {
        return code;
    }
    match Arguments::try_parse() {
        Ok(arguments) => run(arguments).unwrap_or_else(|error| failing::report(&error)),
        Err(error) => failing::report_usage(&error),
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { json, library, endpoint, command } = arguments;
    let team = library.as_deref().and_then(Path::to_str).and_then(team_address);
    let team = team.transpose().map_err(failure)?;
    match &command {
        Command::Mcp(Mcp { install: Some(host), yes }) => {
            let place = match &team {
                Some(address) => Some(address.to_string()),
                None => library.as_deref().map(commands::mcp::place).transpose()?,
            };
            return commands::mcp::install(*host, place, *yes, json);
        }
        Command::Join => return runtime()?.block_on(commands::join::run(team, json)),
        Command::Completions { shell } => return commands::shells::completions(*shell),
        Command::Man { folder } => return commands::shells::man(folder),
        _ => {}
    }
    let directory = match (&team, library) {
        (Some(address), _) => team_directory(address).map_err(failure)?,
        (None, Some(directory)) => directory,
        (None, None) => default_library_directory().map_err(failure)?,
    };
    match command {
        Command::Restore(_) | Command::Doctor if team.is_some() => {
            return Err(failure(LibraryError::OwnLibraryOnly.into()));
        }
        // What these mend may not open.
        Command::Restore(restore) => {
            return runtime()?.block_on(commands::backup::restore(directory, restore, json));
        }
        Command::Doctor => return runtime()?.block_on(commands::doctor::run(directory, json)),
        _ => {}
    }
    let is_new = team.is_none() && !directory.exists();
    let mut overrides = endpoint.overrides();
    if let Command::Ask(Ask { second_opinion: when @ Some(_), .. }) = &command {
        overrides.second_opinions.clone_from(when);
    }
    let options = EngineOptions {
        directory: directory.clone(),
        team: team.clone(),
        overrides,
        keychain: Some(Arc::new(SystemKeychain)),
        worker: WorkerCommand::current_executable()
            .context("The system does not tell where this program is")?,
    };
    let engine = Arc::new(Engine::open(options).map_err(failure)?);
    if matches!(command, Command::Search(_) | Command::Ask(_) | Command::Eval(_)) {
        engine.wait_for_words().map_err(failure)?;
    }
    if is_new && needs_library(&command) {
        say_new(&directory);
    }
    runtime()?.block_on(async {
        match command {
            Command::Add(add) => commands::index::add(&engine, add, json).await,
            Command::Sync(sync) => commands::index::sync(&engine, sync, json).await,
            Command::Embeddings { command } => commands::embeddings::run(&engine, command, json).await,
            Command::Jobs { command } => commands::jobs::run(&engine, command, json).await,
            Command::List(list) => commands::list::run(&engine, &list, json).await,
            Command::Remove(remove) => commands::remove::run(&engine, remove, json).await,
            Command::Unlock(unlock) => commands::unlock::run(&engine, unlock, json).await,
            Command::Recognise(recognise) => commands::recognise::run(&engine, recognise, json).await,
            Command::Search(search) => commands::search::run(&engine, search, json).await,
            Command::Ask(ask) => commands::ask::run(&engine, ask, json).await,
            Command::Eval(eval) => commands::eval::run(&engine, eval, json).await,
            Command::Conversations { command } => commands::conversations::run(&engine, command, json).await,
            Command::Status => commands::status::run(&engine, json).await,
            Command::Endpoint { command: EndpointCommand::Check } => {
                commands::endpoint::check(&engine, json).await
            }
            Command::Ledger(ledger) => commands::ledger::run(&engine, &ledger, json).await,
            Command::Models { command } => commands::models::run(&engine, command, json).await,
            Command::Image(image) => commands::image::run(&engine, image, json).await,
            Command::Mcp(_) => commands::mcp::serve(engine).await,
            Command::Backup(backup) => commands::backup::run(&engine, backup, json).await,
            Command::Serve(serve) => commands::serve::run(engine, &serve, json).await,
            Command::Join => commands::join::run(team, json).await,
            Command::Doctor => commands::doctor::run(directory, json).await,
            Command::Restore(restore) => commands::backup::restore(directory, restore, json).await,
            Command::Completions { shell } => commands::shells::completions(shell),
            Command::Man { folder } => commands::shells::man(&folder),
        }
    })
}

fn runtime() -> Result<Runtime> {
    Runtime::new().context("The system gives no threads")
}

/// Whether a command has nothing to do in a library that begins with it.
fn needs_library(command: &Command) -> bool {
    !matches!(
        command,
        Command::Add(_)
            | Command::Endpoint { .. }
            | Command::Ledger(_)
            | Command::Models { .. }
            | Command::Image(_)
    )
}

/// A slip in the name of the library would look like documents that are gone.
fn say_new(directory: &Path) {
    output::say(&format!("There was no library in {}: an empty one was begun.", directory.display()));
}
