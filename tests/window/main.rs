//! The app's own window, used as a person uses it: real clicks, keys and file drags on a display of its own.
//!
//! Linux only: elsewhere no driver can reach the window. Written in Rust, so that it needs nothing but what builds
//! the app, and Cargo hands it the binary that it has just built.

#![cfg(target_os = "linux")]

mod cancelled_indexing;
mod change_of_model;
mod desktop;
mod drag;
mod dropped_files;
mod first_start;
mod link;
mod paused_indexing;
mod process;
mod settings;
mod streamed_answer;
mod watched_folder;
mod window;
