//! A team's library: the catalogue, search and conversations of `library`, kept on Postgres with pgvector, which many ask and
//! a few fill at once.
//!
//! What it keeps and finds is what a library on one computer does, in the same types. All calls block: make them off the
//! async threads. A [`TeamLibrary`] may be shared between threads.

mod address;
mod catalogue;
mod claims;
mod connection;
mod conversations;
mod error;
mod jobs;
mod schema;
mod search;
mod spaces;
mod sql;
mod team_library;
mod vector_store;

pub use address::{Address, AddressError};
pub use team_library::TeamLibrary;
