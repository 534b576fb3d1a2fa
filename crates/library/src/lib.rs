//! SQLite, the truth of what is indexed, with the vector index derived from it; lexical and dense search.
//!
//! All calls block: make them off the async threads. A [`Library`] may be shared between threads and opened
//! by several processes; one process at a time may change its documents ([`Error::InUse`] for the others).

mod bearing;
mod chunks;
mod connection;
mod conversations;
mod dense;
mod documents;
mod error;
mod folders;
mod hash;
mod id;
mod index;
mod json;
mod lexical;
mod library;
mod naming;
mod pages;
mod query;
mod schema;
mod scope;
mod spaces;
mod status;
mod surroundings;
mod transcripts;
mod vector_store;
mod word_counts;
mod words;
mod write_lock;

pub use bearing::Bearing;
pub use chunks::{ChunkId, ChunkPlace, NewChunk, PageSpan, Passage};
pub use conversations::{
    Answer, Citation, Conversation, ConversationId, Earlier, FACTS_VERSION, Fact, FactKind, FactPlace, Facts,
    Failure, GivenPassage, Message, MessageId, Opinion, Outcome, Picture, Reranking, SecondOpinion, Support,
    TextRange, Timings, Usage, Wording,
};
pub use documents::{Document, DocumentId, DocumentState, NewDocument, NewFailure};
pub use error::{Error, Result};
pub use folders::{Folder, FolderId};
pub use hash::{ContentHash, TextHash};
pub use index::{IndexOrigin, IndexReport};
pub use lexical::{Hit, PageHit};
pub use library::Library;
pub use pages::{NewPage, PageReading, StoredPage};
pub use scope::Scope;
pub use spaces::{EmbeddingSpace, SpaceId};
pub use status::{Coverage, LibraryStatus};
pub use transcripts::Transcript;
pub use vector_store::UnembeddedText;
