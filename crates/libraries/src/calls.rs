//! The calls of which each kind of library has its own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use library::{
    Answer, Bearing, Candidates, ChunkId, ChunkPlace, ContentHash, Conversation, ConversationId, Coverage,
    Document, DocumentId, EmbeddingSpace, Folder, FolderId, Heading, Job, JobId, KeptSpace, LibraryStatus,
    Message, MessageId, NewDocument, NewFailure, PageReading, Passage, Picture, Query, Removed, Result,
    Scope, ScopePart, SecondOpinion, SpaceId, StoredPage, TextHash, Transcript, UnembeddedText, WordsHeld,
};

use crate::Library;

macro_rules! calls {
    ($($(#[$doc:meta])* fn $call:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)*) => {
        impl Library {
            $($(#[$doc])*
            ///
            /// # Errors
            /// The library refuses.
            pub fn $call(&self, $($argument: $kind),*) -> Result<$answer> {
                match self {
                    Self::Own(library) => library.$call($($argument),*),
                    Self::Team(library) => library.$call($($argument),*),
                }
            })*

            /// Remembers a folder, and what a walk through it `reaches` as a part of it.
            ///
            /// # Errors
            /// The library refuses.
            pub fn add_folder(&self, path: &Path, reaches: impl FnMut(&Path) -> bool) -> Result<FolderId> {
                match self {
                    Self::Own(library) => library.add_folder(path, reaches),
                    Self::Team(library) => library.add_folder(path, reaches),
                }
            }
        }
    };
}

calls! {
    /// What the library holds.
    fn status() -> LibraryStatus;
    /// What a search in this scope can see.
    fn coverage(scope: &Scope) -> Coverage;
    /// Whether there is anything to search.
    fn has_chunks() -> bool;

    /// All documents, failed ones included.
    fn documents() -> Vec<Document>;
    /// One document.
    fn document(id: DocumentId) -> Option<Document>;
    /// The document stored for this path.
    fn known_document(path: &Path) -> Option<Document>;
    /// The documents with this content.
    fn documents_with_hash(hash: ContentHash) -> Vec<Document>;
    /// The documents stored, failed, moved or touched at this moment (in seconds since 1970) or later.
    fn documents_changed_since(moment: i64) -> Vec<Document>;
    /// Stores a document as one transaction.
    fn store_document(document: &NewDocument) -> DocumentId;
    /// Stores why a file gave no text.
    fn record_failure(failure: &NewFailure) -> DocumentId;
    /// Notes that a document stands at another path now.
    fn move_document(id: DocumentId, path: &Path, folder: Option<FolderId>) -> ();
    /// Notes that a file was written again with the same content.
    fn touch_document(id: DocumentId, size: u64, mtime_ns: i64) -> ();
    /// Lets every file look changed.
    fn forget_contents() -> ();
    /// Takes documents out of the library.
    fn remove_documents(documents: &[DocumentId]) -> ();

    /// All folders, by path.
    fn folders() -> Vec<Folder>;
    /// Takes a file, or a folder with all in it, out of the library.
    fn remove(path: &Path) -> Removed;
    /// Lets a path be taken in again.
    fn lift_exclusion(path: &Path) -> ();
    /// What is left out of the folders.
    fn exclusions() -> library::Exclusions;
    /// The folders below this one at which another drive began.
    fn mount_points(folder: &Path) -> Vec<PathBuf>;
    /// Remembers where other drives begin below a folder.
    fn set_mount_points(folder: &Path, points: &[PathBuf]) -> ();

    /// The headings right above the text of a document.
    fn headings(document: DocumentId) -> Vec<Heading>;
    /// The headings of a document that begin with a word.
    fn headings_that_begin_with(document: DocumentId, word: &str) -> Vec<String>;
    /// One page, counted from 1.
    fn page(document: DocumentId, number: u32) -> Option<StoredPage>;
    /// How well the pages of a document were read.
    fn page_readings(document: DocumentId) -> Vec<PageReading>;
    /// What the pages of a document are called.
    fn page_labels(document: DocumentId) -> Vec<Option<String>>;
    /// The texts of these pages.
    fn page_texts(pages: &[(DocumentId, u32)]) -> HashMap<(DocumentId, u32), String>;
    /// Keeps a transcript.
    fn keep_transcript(content: ContentHash, transcript: &Transcript) -> ();
    /// The transcripts of a file's pages.
    fn transcripts(content: ContentHash) -> Vec<Transcript>;
    /// The passages of these chunks.
    fn passages(chunks: &[ChunkId]) -> Vec<Passage>;
    /// The chunks of a document that stand on these pages.
    fn chunks_on(document: DocumentId, pages: &[u32]) -> Vec<ChunkPlace>;

    /// The chunks and pages that may answer a question.
    fn candidates(query: &Query<'_>) -> Candidates;
    /// Which words of a question these pages and the names of their documents hold.
    fn bearing(question: &str, pages: &[(DocumentId, u32)]) -> Bearing;
    /// Looks for each word of a question by itself.
    fn words_held(question: &str) -> WordsHeld;
    /// What of a scope no document fits.
    fn unmatched(scope: &Scope) -> Vec<ScopePart>;

    /// The id of a space, which is made known if it was not.
    fn space(space: &EmbeddingSpace, source: Option<&str>) -> SpaceId;
    /// The space that dense search looks in.
    fn active_space() -> Option<(SpaceId, EmbeddingSpace)>;
    /// All spaces that are kept.
    fn spaces() -> Vec<KeptSpace>;
    /// Makes dense search look in this space from now on.
    fn activate_space(space: SpaceId) -> ();
    /// Forgets a space with its vectors, unless it is the active one.
    fn drop_space(space: SpaceId) -> bool;
    /// How many chunks have a vector of this model.
    fn embedded_chunks(model: &str, passage_instruction: &str) -> u32;
    /// Stores vectors of unit length.
    fn store_vectors(space: SpaceId, vectors: &[(TextHash, Vec<f32>)]) -> ();
    /// Texts of chunks behind `after` that the space has no vector for.
    fn unembedded_texts(space: SpaceId, after: ChunkId, limit: usize) -> Vec<UnembeddedText>;
    /// How many texts this model has no vector for, and some of them.
    fn texts_without_vectors(model: &str, passage_instruction: &str, examples: usize) -> (usize, Vec<String>);

    /// Keeps work that is to be done.
    fn add_job(work: &str) -> JobId;
    /// All jobs, in the order in which they were asked for.
    fn jobs() -> Vec<Job>;
    /// Notes that a job has begun.
    fn begin_job(id: JobId) -> bool;
    /// Notes what is left of the work of a job.
    fn set_job_work(id: JobId, work: &str) -> ();
    /// Notes whether a job rests.
    fn pause_job(id: JobId, paused: bool) -> bool;
    /// Forgets a job.
    fn remove_job(id: JobId) -> bool;

    /// Begins a conversation.
    fn create_conversation(title: &str) -> ConversationId;
    /// Appends a question and its answer to a conversation.
    fn append_message(id: ConversationId, question: &str, answer: &Answer) -> MessageId;
    /// Keeps what a chat model thought of the citations of an answer.
    fn keep_opinion(id: MessageId, opinion: &SecondOpinion) -> ();
    /// Keeps whether a person has said that a citation was right.
    fn mark_citation(id: MessageId, citation: u32, right: bool) -> ();
    /// The conversations in which each word of `query` begins a word.
    fn conversations(query: &str) -> Vec<Conversation>;
    /// A conversation with its messages.
    fn conversation(id: ConversationId) -> Option<(Conversation, Vec<Message>)>;
    /// A message by its id.
    fn message(id: MessageId) -> Option<Message>;
    /// The messages of all conversations.
    fn messages() -> Vec<Message>;
    /// Gives a conversation another title.
    fn rename_conversation(id: ConversationId, title: &str) -> ();
    /// Removes a conversation with its messages.
    fn delete_conversation(id: ConversationId) -> ();
    /// Keeps a picture with a message.
    fn add_picture(message: MessageId, picture: &Picture) -> ();
    /// The pictures of a message.
    fn pictures(message: MessageId) -> Vec<Picture>;
}
