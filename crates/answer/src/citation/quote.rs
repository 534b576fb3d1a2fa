//! The verbatim quote that a citation shows: the sentences of a passage that say what the answer says.

use std::ops::Range;

use super::reading::Reading;
use super::source::{Piece, Source};

/// So many sentences in a row are read together: what one says of "it", the one before it names.
const SENTENCES: usize = 2;
/// And a heading.
const WINDOW: usize = SENTENCES + 1;

/// A further sentence is taken in when it adds at least this share of the claim.
const WORTH_ADDING: f32 = 0.1;

/// A number, date or name is what a reader would check first.
const FACT_WEIGHT: f32 = 2.0;

/// Where in the passage a sentence stands best.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Among those of the source.
    pub(super) pieces: Range<usize>,
    /// The share of the sentence's weight that they say, from 0 to 1.
    pub(super) share: f32,
}

/// The pieces of the passage that say most of what is claimed; `None` only where it has none.
pub(super) fn find(claim: &Reading, source: &Source) -> Option<Found> {
    let terms = terms(claim, source);
    let all = terms.iter().map(|term| term.weight).sum::<f32>().max(f32::EPSILON);
    let share = |pieces: &Range<usize>| {
        let is_said = |term: &&Term| term.said[pieces.clone()].contains(&true);
        terms.iter().filter(is_said).map(|term| term.weight).sum::<f32>() / all
    };
    let mut best: Option<(f32, Found)> = None;
    for start in 0..source.pieces.len() {
        for end in start + 1..=(start + WINDOW).min(source.pieces.len()) {
            let pieces = start..end;
            if !goes_on(&source.pieces[pieces.clone()]) {
                break;
            }
            let share = share(&pieces);
            let score = share - WORTH_ADDING * (pieces.len() - 1) as f32;
            if best.as_ref().is_none_or(|(best, _)| score > best + f32::EPSILON) {
                best = Some((score, Found { pieces, share }));
            }
        }
    }
    best.map(|(_, found)| found)
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

/// A word, figure or date of a claim.
struct Term {
    weight: f32,
    /// For each piece of the source, whether it says it.
    said: Vec<bool>,
}

fn terms(claim: &Reading, source: &Source) -> Vec<Term> {
    let term = |weight: f32, says: &dyn Fn(&Reading) -> bool| Term {
        weight,
        said: source.pieces.iter().map(|piece| says(&piece.reading)).collect(),
    };
    let words = claim.words.iter().enumerate().filter(|(_, word)| word.tells()).map(|(place, word)| {
        let is_name = claim.names.iter().any(|name| name.words.contains(&place));
        term(if is_name { FACT_WEIGHT } else { 1.0 }, &|reading| reading.says_word(word))
    });
    let figures = claim
        .figures
        .iter()
        .map(|figure| term(FACT_WEIGHT, &|reading| reading.says_figure(figure, &source.scales)));
    let dates = claim.dates.iter().map(|(_, date)| term(FACT_WEIGHT, &|reading| reading.says_date(*date)));
    words.chain(figures).chain(dates).collect()
}
