//! What there is: watched folders, their documents, and the pages and chunks of these.

mod chunks;
mod coded;
mod documents;
mod exclusions;
mod folders;
mod headings;
mod mount_points;
mod names;
mod pages;
mod pieces;
mod status;
mod transcripts;

pub use chunks::{ChunkId, ChunkPlace, NewChunk, PageSpan, Passage, context_of, embedded_text};
pub(crate) use chunks::{fill_in, places, text_on_pages};
pub use coded::Coded;
pub use documents::{Document, DocumentId, DocumentState, NewDocument, NewFailure};
pub use exclusions::Exclusions;
pub use folders::{Folder, FolderId, Removed};
pub use headings::Heading;
pub(crate) use names::fold_all_names;
pub use names::folded;
pub use pages::{NewPage, PageReading, StoredPage};
pub(crate) use pieces::Pieces;
pub(crate) use status::bytes_of;
pub use status::{Coverage, LibraryStatus};
pub use transcripts::Transcript;
