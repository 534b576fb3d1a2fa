//! The `footnote` command from end to end, each test with a library of its own.

mod bad_input;
mod footnote;
mod killed;
mod over_http;
mod restart;
mod sample;
