//! Citations: markers in an answer, tied to a passage and a verbatim quote.

mod claim;
mod markers;
mod quote;
mod support;

use claim::Claim;
use quote::Quote;

use crate::Evidence;

pub(crate) use markers::{MarkerParser, Piece};
pub use support::Support;

/// What a sentence cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) page: u32,
    pub(crate) quote: String,
    pub(crate) support: Support,
}

/// Finds the quote for a cited sentence in its passage and grades it. `None` where the passage holds no text.
pub(crate) fn check(sentence: &str, evidence: &Evidence) -> Option<Checked> {
    let claim = Claim::of(sentence);
    let Quote { page, text: quote } = quote::best_quote(&claim, evidence)?;
    let support =
        if claim.is_empty() { Support::Partly } else { support::grade(&claim, &quote, evidence.text()) };
    Some(Checked { page, quote, support })
}
