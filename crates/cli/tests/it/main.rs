//! The `footnote` command from end to end, each test with a library of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod bad_input;
mod conversations;
mod embedding;
mod embeddings;
mod endpoint;
mod explaining;
mod footnote;
mod holdings;
mod jobs;
mod killed;
mod ledger;
mod locked;
mod manners;
mod mcp;
mod models;
mod nonsense;
mod over_http;
mod recognition;
mod reports;
mod reranking;
mod restart;
mod retrieval;
mod sample;
mod scope;
mod second_opinion;
mod serve;
#[cfg(unix)]
mod stopped;
mod streams;
mod team;
