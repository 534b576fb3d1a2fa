//! The index against an exact search, and its files against damage.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod clustered;
mod files;
mod killed;
mod recall;
mod small_sets;
