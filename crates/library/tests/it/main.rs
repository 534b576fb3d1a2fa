//! The library as its callers see it: what was stored is found, whole, whatever happened meanwhile.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "clippy.toml allows them in test functions, these are their helpers too"
)]

mod conversations;
mod crash;
mod dense_search;
mod documents;
mod lexical_search;
mod opening;
mod processes;
mod samples;
mod vector_index;
