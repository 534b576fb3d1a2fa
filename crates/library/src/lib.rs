//! SQLite, the truth of what is indexed, with the vector index derived from it; lexical and dense search.
//!
//! All calls block: make them off the async threads. A [`Library`] may be shared between threads and opened
//! by several processes; one process at a time may change its documents ([`Error::InUse`] for the others).

mod chunks;
mod connection;
mod conversations;
mod documents;
mod error;
mod exclusions;
mod folders;
mod hash;
mod id;
mod index;
mod json;
mod library;
mod mount_points;
mod pages;
mod path;
mod schema;
mod search;
mod spaces;
mod status;
mod transcripts;
mod unheld;
mod vector_store;
mod word_counts;
mod words;
mod write_lock;

pub use chunks::{ChunkId, ChunkPlace, NewChunk, PageSpan, Passage};
pub use conversations::{
    Answer, Citation, Conversation, ConversationId, Earlier, FACTS_VERSION, Fact, FactKind, FactPlace, Facts,
    Failure, GivenPassage, Message, MessageId, Opinion, Outcome, Picture, Reranking, SecondOpinion, Support,
    TextRange, Timings, Usage, Wording,
};
pub use documents::{Document, DocumentId, DocumentState, NewDocument, NewFailure};
pub use error::{Error, Result};
pub use exclusions::Exclusions;
pub use folders::{Folder, FolderId, Removed};
pub use hash::{ContentHash, TextHash};
pub use index::{IndexOrigin, IndexReport};
pub use library::Library;
pub use pages::{NewPage, PageReading, StoredPage};
pub use search::{
    Bearing, Candidates, Hit, NameWord, Names, NearHit, PageHit, Query, Scope, ScopePart, WordBearing,
};
pub use spaces::{EmbeddingSpace, SpaceId};
pub use status::{Coverage, LibraryStatus};
pub use transcripts::Transcript;
pub use unheld::WordsHeld;
pub use vector_store::UnembeddedText;
