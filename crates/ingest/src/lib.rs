//! Folder to files to pages to chunks to vectors to library, with progress, cancel and resume.

mod chunk;
mod embed;
mod job;
mod pause;
mod progress;
mod read;
mod report;
mod walk;

pub use chunk::{Chunk, TokenEstimate, chunk};
pub use job::Ingest;
pub use pause::Pause;
pub use progress::{Progress, Snapshot, Stage};
pub use read::{Passwords, content_hash};
pub use report::{FailedFile, IngestError, Report};
