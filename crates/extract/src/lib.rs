//! One file in, pages of text with positions out; untrusted bytes are parsed in a child process.

mod document;

pub use document::{Block, BlockKind, Bounds, ExtractedDocument, OutlineEntry, Page, SourceEngine, Word};
