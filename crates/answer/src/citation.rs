//! Citations: markers in an answer, tied to a passage and a verbatim quote, and the facts about them.

mod facts;
mod markers;
mod quote;
mod reading;
mod source;
mod wording;

use library::Facts;
use text::Language;

use crate::Evidence;
use reading::Reading;

pub(crate) use facts::Named;
pub(crate) use markers::{MarkerParser, Piece};
pub(crate) use source::Source;

/// What a sentence cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The page that the quote stands on, counted from 1.
    pub page: u32,
    /// Letter for letter as on the page.
    pub quote: String,
    /// What is known of the sentence and what it cites.
    pub facts: Facts,
}

/// Finds the quote for a cited sentence in its passage, and the facts about it. `None` where the passage holds no text.
///
/// Deterministic, without a model: words, names, figures and dates are compared.
#[must_use]
pub fn check(sentence: &str, evidence: &Evidence) -> Option<Checked> {
    let source = evidence.source();
    let claim = Reading::of(sentence, source.language);
    let found = quote::find(&claim, source)?;
    let pieces = &source.pieces[found.pieces.clone()];
    let (first, last) = (pieces.first()?, pieces.last()?);
    let quote = evidence.between(first.page, first.range.start..last.range.end);
    let facts = facts::of(sentence, &claim, &quote, &found, source, evidence);
    Some(Checked { page: first.page, quote, facts })
}

/// What of that which a question names stands on the pages of a passage or above it.
pub(crate) fn named(question: &str, evidence: &Evidence) -> Named {
    let source = evidence.source();
    facts::named(&Reading::of(question, source.language), source, evidence)
}

/// Whether a sentence of an answer says something that a source could bear out.
pub(crate) fn claims_something(sentence: &str) -> bool {
    let sentence = sentence.trim_end_matches(['*', '_', '"', '”', ' ']);
    let claim = Reading::of(sentence, Language::of(sentence));
    !sentence.ends_with([':', '?', '？', '：'])
        && (claim.telling_words().next().is_some() || !claim.figures.is_empty() || !claim.dates.is_empty())
}
