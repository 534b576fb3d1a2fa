//! How every room reads a text: its sentences, words and numbers.
//!
//! Chunking, the built-in models and the check of citations must agree on what a sentence or a number is, so
//! they all ask here.

mod figures;
mod language;
mod names;
mod numbers;
mod numerals;
mod query;
mod sentences;
mod terms;
mod word_pieces;
mod word_stems;
mod words;

pub use figures::{Date, Figure, Figures, Measure};
pub use language::Language;
pub use names::name_terms;
pub use numbers::{Number, numbers};
pub use numerals::{letters, of_roman, roman};
pub use query::{query_phrases, query_words};
pub use sentences::sentences;
pub use terms::{is_unspaced, search_terms};
pub use word_pieces::{Input, WordPieces};
pub use word_stems::StemLanguage;
pub use words::{content_words, fold, is_stop_word, stem};
