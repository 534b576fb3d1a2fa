//! The index against an exact search, and its files against damage.

#![allow(clippy::unwrap_used, reason = "a helper of tests may fail as a test does")]

mod clustered;
mod files;
mod recall;
mod small_sets;
