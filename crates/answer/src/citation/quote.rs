//! The verbatim quote that a citation shows: the sentences of a passage that say what the answer says.

use std::ops::Range;

use super::claim::Claim;
use super::figures::Fit;
use super::reading::{Reading, Term, What};
use super::source::{Piece, Source, Window};

/// So many sentences in a row are read together: what one says of "it", the one before it names.
const SENTENCES: usize = 2;
/// And a heading.
const WINDOW: usize = SENTENCES + 1;

/// A further sentence is taken in when it adds at least this share of the claim.
const WORTH_ADDING: f32 = 0.1;

/// Where in the passage a claim stands best, and how much of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) pieces: Range<usize>,
    /// The share of the claim's weight, from 0 to 1.
    pub(super) carried: f32,
}

/// The sentences of the passage that carry most of what is claimed; `None` only where it has no sentences.
pub(super) fn find(claim: &Reading, source: &Source, is_about: bool) -> Option<Found> {
    let all = claim.weight().max(f32::EPSILON);
    let mut best: Option<Found> = None;
    let mut best_score = f32::MIN;
    for start in 0..source.pieces.len() {
        for end in start + 1..=(start + WINDOW).min(source.pieces.len()) {
            if !goes_on(&source.pieces[start..end]) {
                break;
            }
            let window = source.window(start..end);
            let carried =
                claim.terms.iter().map(|term| weight_in(term, window, source, is_about)).sum::<f32>() / all;
            let score = carried - WORTH_ADDING * (end - start - 1) as f32;
            if score > best_score + f32::EPSILON {
                best_score = score;
                best = Some(Found { pieces: start..end, carried });
            }
        }
    }
    best
}

/// Whether pieces may be read as one: on one page, a heading only at the beginning, and of a list or a table one item
/// with the heading or the sentence above it.
fn goes_on(pieces: &[Piece]) -> bool {
    let [first, rest @ ..] = pieces else { return false };
    let sentences = pieces.iter().filter(|piece| !piece.is_heading).count();
    rest.iter().all(|piece| piece.page == first.page && !piece.is_heading)
        && (pieces.len() == 1 || !first.is_item)
        && pieces.iter().filter(|piece| piece.is_item).count() <= 1
        && sentences <= SENTENCES
}

/// What a term adds to what a window carries. What only stands around the passage counts too, but less, so that a
/// sentence that says it goes before one that does not.
pub(super) fn weight_in(term: &Term, window: Window<'_>, source: &Source, is_about: bool) -> f32 {
    let says = match &term.what {
        What::Word(word) if window.says_word(word) => 1.0,
        What::Word(word) if source.surroundings_say(word, window) => 0.9,
        What::Figure(figure) if window.fit(figure, is_about) == Fit::Same => 1.0,
        What::Figure(figure) if figure.year().is_some_and(|year| source.says_year(year)) => 0.5,
        What::Date(date) if window.says_date(*date) => 1.0,
        What::Word(_) | What::Figure(_) | What::Date(_) => 0.0,
    };
    says * term.weight
}

/// The bytes of a page to quote for the whole claim.
pub(super) fn quoted(claim: &Claim, source: &Source) -> Option<(u32, Range<usize>)> {
    let found = find(&claim.whole, source, claim.is_about)?;
    let pieces = &source.pieces[found.pieces];
    let (first, last) = (pieces.first()?, pieces.last()?);
    Some((first.page, first.range.start..last.range.end))
}
