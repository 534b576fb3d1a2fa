//! Which documents a question has name words of: company, year, title or file name.

use text::{is_stop_word, name_terms};

use crate::DocumentId;
use crate::words::{Snapshot, fields};

/// The words of a question that may name a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// All documents there are.
    pub documents: u32,
    /// In the order of the question.
    pub words: Vec<NameWord>,
}

/// The documents that one word may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameWord {
    /// Those with the word in their title or file name.
    pub in_name: Vec<DocumentId>,
    /// Those with the word in the beginning of their text.
    pub in_beginning: Vec<DocumentId>,
}

pub(super) fn names(snapshot: &Snapshot, question: &str) -> tantivy::Result<Names> {
    let mut words = name_terms(question);
    words.retain(|word| !is_stop_word(word));
    let words = words.iter().map(|word| {
        let stems = snapshot.stems(word);
        let with = |field| snapshot.documents_with(field, &stems);
        Ok(NameWord { in_name: with(fields().name)?, in_beginning: with(fields().beginning)? })
    });
    Ok(Names { documents: snapshot.documents, words: words.collect::<tantivy::Result<_>>()? })
}
