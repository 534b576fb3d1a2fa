//! The desktop shell: a window over `engine`. Every command unpacks its arguments, calls the engine and hands
//! back what it says.

// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod notification;
mod opened;
mod state;
mod taskbar;

use std::process::ExitCode;

use opened::OpenedPaths;
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
        .manage(OpenedPaths::of_this_start())
        .setup(|app| {
            // The library opens while the window paints; the first command waits for it and reports a failure.
            let app = app.handle().clone();
            tauri::async_runtime::spawn(async move { app.state::<AppState>().engine().await.map(drop) });
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::overview::status,
            commands::overview::documents,
            commands::indexing::add,
            commands::indexing::add_sample,
            commands::indexing::sync,
            commands::indexing::unlock_document,
            commands::indexing::recognition_plan,
            commands::indexing::recognise,
            commands::indexing::cancel_indexing,
            commands::indexing::pause_indexing,
            commands::indexing::resume_indexing,
            commands::indexing::opened_paths,
            commands::answering::search,
            commands::answering::ask,
            commands::answering::stop_answer,
            commands::answering::picture,
            commands::answering::mark_citation,
            commands::answering::second_opinion,
            commands::conversations::conversations,
            commands::conversations::conversation,
            commands::conversations::rename_conversation,
            commands::conversations::delete_conversation,
            commands::conversations::save_conversation,
            commands::settings::settings,
            commands::settings::change_settings,
            commands::settings::try_endpoint,
            commands::settings::endpoint_models,
            commands::source::page,
            commands::source::document_bytes,
            commands::source::document_password,
            commands::source::open_document,
            commands::source::show_in_folder,
        ])
        .build(tauri::generate_context!())?;
    app.run(opened::by_event);
    Ok(())
}
