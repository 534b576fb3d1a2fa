//! Folder to files to pages to chunks to vectors to library, with progress, cancel and resume.

mod chunk;

pub use chunk::{Chunk, PageSpan, TokenEstimate, chunk};
