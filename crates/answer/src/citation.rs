//! Citations: markers in an answer, tied to a passage and a verbatim quote.

mod binding;
mod claim;
mod denial;
mod facts;
mod figures;
mod language;
mod lexicon;
mod markers;
mod order;
mod overstatement;
mod quote;
mod reading;
mod source;
mod support;
mod table;

use claim::Claim;
use language::Language;

use crate::Evidence;

pub(crate) use markers::{MarkerParser, Piece};
pub(crate) use source::Source;
pub use support::Support;

/// What a sentence cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The page that the quote stands on, counted from 1.
    pub page: u32,
    /// Letter for letter as on the page.
    pub quote: String,
    /// How far the quote and what stands around it carry the sentence.
    pub support: Support,
}

/// Finds the quote for a cited sentence in its passage and grades it. `None` where the passage holds no text.
///
/// Deterministic, without a model: words, names, numbers, dates and denials are compared.
#[must_use]
pub fn check(sentence: &str, evidence: &Evidence) -> Option<Checked> {
    check_against(sentence, evidence, &Source::of(evidence))
}

/// Whether a sentence of an answer says something that a source could bear out.
pub(crate) fn claims_something(sentence: &str) -> bool {
    let sentence = sentence.trim_end_matches(['*', '_', '"', '”', ' ']);
    !sentence.ends_with([':', '?', '？', '：']) && !Claim::of(sentence, Language::of(sentence)).is_empty()
}

/// Whether two texts differ in white space and signs only: what is copied needs no reading.
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(one) == letters(other)
}

/// The same with a passage that was read before.
pub(crate) fn check_against(sentence: &str, evidence: &Evidence, source: &Source) -> Option<Checked> {
    let claim = Claim::of(sentence, source.language);
    let (page, range) = quote::quoted(&claim, source)?;
    let quote = evidence.between(page, range);
    let support = if same_letters(sentence, &quote) {
        Support::Supported
    } else if claim.is_empty() {
        Support::Partly
    } else {
        support::grade(&claim, source)
    };
    Some(Checked { page, quote, support })
}
