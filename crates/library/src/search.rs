//! Search: what a question may be answered by, with all that is measured of it. How much each measure counts is for the
//! caller to say.

mod bearing;
mod dense;
mod held;
mod lexical;
mod naming;
mod ranking;
mod scope;
mod sought;

use std::collections::HashMap;

use vectors::VectorError;

use crate::catalogue::places;
use crate::{ChunkId, ChunkPlace, DocumentId, Error, Library, Result};

pub use bearing::{Bearing, WordBearing};
pub use dense::BESIDE;
pub(crate) use dense::InScope;
pub use naming::{NameWord, Names};
pub use scope::{Scope, ScopePart};

/// What is searched for, and how much of each kind.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Any text: it has no syntax. A last word that is nowhere is taken for the beginning of one, as it is while somebody
    /// types.
    pub text: &'a str,
    /// Its vector, of unit length and of the active space. Without one the words alone decide.
    pub vector: Option<&'a [f32]>,
    /// Where.
    pub scope: &'a Scope,
    /// The most chunks to find by words, and as many again by phrases.
    pub chunks: usize,
    /// The most pages to find by words, and as many again by phrases.
    pub pages: usize,
    /// The most chunks to find by vectors.
    pub near: usize,
}

/// Everything that is known of the chunks that may answer a question. All lists are best first.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Chunks by their words.
    pub lexical: Vec<Hit>,
    /// Chunks by phrases: words that stand next to each other in the question too. Scores are like those of `lexical`.
    pub phrases: Vec<Hit>,
    /// Pages by their words. What several chunks of a page say together counts here.
    pub pages: Vec<PageHit>,
    /// Pages by phrases, with scores like those of `pages`.
    pub page_phrases: Vec<PageHit>,
    /// Chunks by their vectors; none where no space is active.
    pub near: Vec<NearHit>,
    /// The documents whose names the question has words of.
    pub names: Names,
    /// Where each chunk found stands.
    pub places: HashMap<ChunkId, ChunkPlace>,
}

/// A chunk found by words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The chunk.
    pub chunk: ChunkId,
    /// BM25: higher is better; comparable within one search only.
    pub score: f32,
}

/// A page found by words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageHit {
    /// Its document.
    pub document: DocumentId,
    /// Counts from 1.
    pub page: u32,
    /// BM25: higher is better; comparable within one search only.
    pub score: f32,
}

/// A chunk found by vectors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearHit {
    /// The chunk.
    pub chunk: ChunkId,
    /// The cosine similarity of its vector to the question's.
    pub similarity: f32,
    /// That of the sum of the vectors of the chunk and of those beside it on its page.
    pub around: f32,
}

impl Library {
    /// The chunks and pages that may answer a question, as one state of the library has them. It takes the same number of
    /// statements however much is found.
    ///
    /// # Errors
    /// The vector does not fit the active space, or the library cannot be read.
    pub fn candidates(&self, query: &Query<'_>) -> Result<Candidates> {
        loop {
            match self.try_candidates(query) {
                Err(Error::Vector(VectorError::Damaged(damaged))) => {
                    self.index.mend(&damaged, &self.connections)?;
                }
                found => return found,
            }
        }
    }

    fn try_candidates(&self, query: &Query<'_>) -> Result<Candidates> {
        // The words first: they may take long to catch up, and vectors that are stored meanwhile would be missed.
        let words = self.words.snapshot()?;
        if query.vector.is_some() {
            self.index.follow(&self.connections)?;
        }
        let following = self.index.read();

        self.read(|connection| {
            let documents = query.scope.documents(connection)?;
            let documents = documents.as_deref();
            let found = lexical::search(&words, query, documents)
                .and_then(|found| Ok(Candidates { names: naming::names(&words, query.text)?, ..found }));
            let mut found = match self.words.named(found) {
                Ok(found) => found,
                Err(error) => return Ok(Err(error)),
            };
            if let (Some(vector), Some(following)) = (query.vector, following.as_ref()) {
                match dense::search(connection, following, vector, query.near, documents)? {
                    Ok(near) => found.near = near,
                    Err(error) => return Ok(Err(error.into())),
                }
            }
            let by_words = found.lexical.iter().chain(&found.phrases).map(|hit| hit.chunk);
            let chunks: Vec<ChunkId> = by_words.chain(found.near.iter().map(|hit| hit.chunk)).collect();
            found.places = places(connection, &chunks)?;
            Ok(Ok(found))
        })?
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use rusqlite::trace::{TraceEvent, TraceEventCodes};

    use super::*;
    use crate::{ContentHash, EmbeddingSpace, NewChunk, NewDocument, NewPage, PageSpan, TextHash};

    static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

    /// Those that full-text search makes for itself come as comments.
    #[allow(clippy::needless_pass_by_value, reason = "SQLite's hook has this form")]
    fn count(event: TraceEvent<'_>) {
        if let TraceEvent::Stmt(_, sql) = event
            && sql.starts_with("SELECT")
        {
            STATEMENTS.fetch_add(1, SeqCst);
        }
    }

    /// A document of `pages` pages with five chunks each.
    fn document(number: usize, pages: usize) -> NewDocument {
        let text =
            |place: usize| format!("The harbour light {number} was lit in the year {place} by a keeper.");
        let chunk = |place: usize| NewChunk {
            text: text(place),
            embedded_text: text(place),
            heading_path: Vec::new(),
            page_spans: vec![PageSpan { page: (place / 5 + 1) as u32, start: 0, end: 10 }],
        };
        let page = |page: usize| NewPage {
            number: page as u32,
            label: None,
            text: text(page),
            layout: Vec::new(),
            quality: 1.0,
            source_engine: "text".to_owned(),
        };
        NewDocument {
            path: format!("/papers/harbour {number}.txt").into(),
            folder: None,
            format: "text".to_owned(),
            title: None,
            size: 1,
            mtime_ns: 1,
            content_hash: ContentHash(TextHash::of(&text(number)).0),
            pages: (1..=pages).map(page).collect(),
            chunks: (0..pages * 5).map(chunk).collect(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_question_takes_a_handful_of_statements_in_a_large_library() {
        let directory = tempfile::tempdir().unwrap();
        let library = Library::open(directory.path()).unwrap();
        let space =
            EmbeddingSpace { model: "places".to_owned(), passage_instruction: String::new(), dimensions: 2 };
        let space = library.space(&space, None).unwrap();
        for number in 0..40 {
            let document = document(number, 100);
            let hashes = document.chunks.iter().map(|chunk| TextHash::of(&chunk.embedded_text));
            let angle = |place: usize| (number * 500 + place) as f32 / 20_000.0;
            let vectors: Vec<_> = (0..)
                .zip(hashes)
                .map(|(place, hash)| (hash, vec![angle(place).cos(), angle(place).sin()]))
                .collect();
            library.store_vectors(space, &vectors).unwrap();
            library.store_document(&document).unwrap();
        }
        assert_eq!(library.status().unwrap().chunks, 20_000);
        library
            .read(|connection| {
                connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(count));
                Ok(())
            })
            .unwrap();
        let scope = Scope { documents: vec!["*7.txt".to_owned()], ..Scope::default() };
        for scope in [Scope::default(), scope] {
            STATEMENTS.store(0, SeqCst);
            let found = library
                .candidates(&Query {
                    text: "Which keeper of the harbour lit the light 17 in the year 71?",
                    vector: Some(&[0.8, 0.6]),
                    scope: &scope,
                    chunks: 900,
                    pages: 300,
                    near: 300,
                })
                .unwrap();
            assert_eq!((found.near.len(), found.pages.is_empty()), (300, false));
            let chunks: Vec<ChunkId> = found.places.keys().copied().collect();
            assert!(chunks.len() > 300 && library.passages(&chunks).unwrap().len() == chunks.len());
            let statements = STATEMENTS.load(SeqCst);
            assert!((5..=20).contains(&statements), "{statements} statements");
        }
    }
}
