//! The engine over HTTP on this computer: an API for other programs, and the window's commands for a browser
//! (development and tests only).

mod api;
mod commands;

pub use api::{Token, serve};
pub use commands::commands;
