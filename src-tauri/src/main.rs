//! The desktop shell: a window over `engine`.

// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod desktop;
mod notification;
mod opened;
mod state;
mod taskbar;
mod viewer;

use std::process::ExitCode;

use opened::Opened;
use state::{AppState, library_override};
use tauri::Manager;

/// The vectors of a library and a worker's many small texts take a third less memory with it than with glibc's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(exit_code) = engine::worker_main_if_requested() {
        return exit_code;
    }
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::exit, clippy::disallowed_methods, reason = "Tauri's generated code ends the process")]
fn run() -> tauri::Result<()> {
    let mut builder = tauri::Builder::default();
    // One window for the person's own library; a library that was named is another window's.
    if library_override().is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, directory| {
            opened::by_another_start(app, arguments, &directory);
        }));
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .manage(AppState::default())
        .manage(Opened::by_this_start())
        .setup(|app| {
            // The library opens while the window paints; the first command waits for it and reports a failure.
            let app = app.handle().clone();
            tauri::async_runtime::spawn(async move { app.state::<AppState>().engine().await.map(drop) });
            Ok(())
        })
        .invoke_handler(commands::handle)
        .build(tauri::generate_context!())?;
    app.run(opened::by_event);
    Ok(())
}
