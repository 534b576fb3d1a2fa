//! Folder to files to pages to chunks to vectors to library, with progress, cancel and resume.

mod chunk;
mod embed;
mod job;
mod pause;
mod pictures;
mod progress;
mod read;
mod recognise;
mod report;
mod roots;
mod rules;
mod walk;
mod watch;

pub use chunk::{Chunk, chunk};
pub use job::Ingest;
pub use pause::Pause;
pub use pictures::PicturePages;
pub use progress::{Progress, Snapshot, Stage};
pub use read::{Passwords, content_hash};
pub use recognise::Agreed;
pub use report::{
    AwayFolder, FailedFile, FileKind, IngestError, PageError, Report, UnembeddedFile, UnreadPage,
};
pub use roots::known_path;
pub use walk::is_away;
pub use watch::Watch;
