//! One file in, pages of text with positions out; untrusted bytes are parsed in a child process.
//!
//! A shell calls [`worker::main_if_requested`] first thing in its `main` and keeps one [`Extractor`], whose
//! workers are the same executable started again. To add a format, write one file in `formats/` and add one
//! line to the table in `formats/mod.rs`.

mod document;
mod drawing;
mod error;
mod extractor;
mod formats;
mod layout;
mod warning;
pub mod worker;

pub use document::{
    Block, BlockKind, Bounds, ExtractedDocument, ILLEGIBLE, OutlineEntry, Page, SourceEngine, Transcript,
    Word,
};
pub use drawing::PagePicture;
pub use error::{ExtractError, OtherKind, TextRecognition};
pub use extractor::{Extractor, Given, Limits};
pub use formats::is_readable;
pub use layout::Layout;
pub use warning::{PageFinding, Warning};
pub use worker::WorkerCommand;
