//! One contract: what is true of a library is tested of both kinds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod contract;
mod conversations;
mod documents;
mod retrieval;
mod samples;
