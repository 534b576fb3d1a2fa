//! The library as its callers see it: what was stored is found, whole, whatever happened meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backup;
mod bearing;
mod conversations;
mod crash;
mod dense_search;
mod doctor;
mod documents;
mod folders;
mod lexical_search;
mod old_databases;
mod opening;
mod processes;
mod samples;
mod scope;
mod transcripts;
mod vector_index;
mod words_held;
mod words_index;
