//! What is a team's library's own: its members, its workers and its server.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod members;
mod server;
mod workers;
