//! SQLite, the truth of what is indexed, with the indexes of words and of vectors derived from it; search in both.
//!
//! All calls block: make them off the async threads. A [`Library`] may be shared between threads and opened
//! by several processes; one process at a time may change its documents ([`Error::InUse`] for the others).

mod backup;
mod catalogue;
mod connection;
mod conversations;
mod deflated;
mod doctor;
mod error;
mod hash;
mod id;
mod index;
mod jobs;
mod json;
mod ledger;
mod library;
mod packing;
mod part;
mod path;
mod schema;
mod search;
mod spaces;
mod unheld;
mod vector_store;
mod words;
mod write_lock;

pub use backup::{Copying, CopyingStage, OnCopying, Restored, restore};
pub use catalogue::{
    ChunkId, ChunkPlace, Coded, Coverage, Document, DocumentId, DocumentState, Exclusions, Folder, FolderId,
    Heading, LibraryStatus, NewChunk, NewDocument, NewFailure, NewPage, PageReading, PageSpan, Passage,
    Removed, StoredPage, Transcript, context_of, embedded_text, folded,
};
pub use conversations::{
    Answer, Citation, Conversation, ConversationId, Earlier, FACTS_VERSION, Fact, FactKind, FactPlace, Facts,
    Failure, GivenPassage, Message, MessageId, Opinion, Outcome, Picture, Reranking, SecondOpinion, Support,
    TextRange, Timings, Usage, Wording,
};
pub use doctor::{Examining, Mended, examine};
pub use error::{Error, Result, ServerRefusal};
pub use hash::{ContentHash, TextHash};
pub use index::{IndexOrigin, IndexReport};
pub use jobs::{Job, JobId};
pub use ledger::{EndedRequest, Ledger, NewRequest, RequestId, RequestSum, SentRequest};
pub use library::Library;
pub use search::{
    BESIDE, Bearing, Candidates, Hit, NameWord, Names, NearHit, PageHit, Query, Scope, ScopePart, WordBearing,
};
pub use spaces::{EmbeddingSpace, KeptSpace, SpaceId};
pub use unheld::WordsHeld;
pub use vector_store::UnembeddedText;
pub use vectors::similarity;
pub use words::{BEGINNING_OF_PAGE, BESIDE_CHUNK, DocumentWords, RowWords};
pub use write_lock::Holder;
