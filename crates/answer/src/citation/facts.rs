//! Whether the numbers, dates and names of a claim stand in its source, and together.

use super::figures::Fit;
use super::quote::weight_in;
use super::reading::{Reading, What, Word};
use super::source::{Source, Window};

/// Where the numbers, dates and names of a clause stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facts {
    /// A number or date stands nowhere in the passage.
    OtherNumber,
    /// A name stands nowhere in the passage.
    OtherName,
    /// All in the passage, but not all together.
    Elsewhere,
    /// All in one sentence; names perhaps around it.
    There,
}

/// The least of them counts.
pub(super) fn facts(clause: &Reading, window: Window<'_>, source: &Source, is_about: bool) -> Facts {
    let everywhere = source.window(0..source.pieces.len());
    let core = core(clause, window, source);
    let core_names_years = core.names_years();
    // A name from around a sentence may be what it speaks of; what it says of it, it says itself.
    let begins = |word: &Word| {
        let before = clause.words().take_while(|(_, own)| own.folded != word.folded);
        !before.filter(|(term, _)| term.weight >= 1.0).any(|(_, own)| !own.is_name && core.says_word(own))
    };
    let place = |what: &What| match what {
        What::Word(word) if !word.is_name => Facts::There,
        What::Word(word) if core.says_word(word) => Facts::There,
        What::Word(word) if window.says_word(word) || source.surroundings_say(word, window) => {
            if begins(word) { Facts::There } else { Facts::Elsewhere }
        }
        What::Word(word) if everywhere.says_word(word) => Facts::Elsewhere,
        What::Word(_) => Facts::OtherName,
        What::Figure(figure) => match (core.fit(figure, is_about), everywhere.fit(figure, is_about)) {
            (Fit::Same, _) => Facts::There,
            (Fit::No, _) if figure.year().is_some_and(|year| !core_names_years && source.says_year(year)) => {
                Facts::There
            }
            (_, Fit::Same) | (Fit::ScaleUnknown, _) => Facts::Elsewhere,
            _ if figure.spelled => Facts::Elsewhere,
            _ => Facts::OtherNumber,
        },
        What::Date(date) if core.says_date(*date) => Facts::There,
        What::Date(date) if everywhere.says_date(*date) => Facts::Elsewhere,
        What::Date(_) => Facts::OtherNumber,
    };
    clause
        .terms
        .iter()
        .filter(|term| term.weight > 0.0)
        .map(|term| place(&term.what))
        .min()
        .unwrap_or(Facts::There)
}

/// The sentence of a window that says most of a clause.
pub(super) fn core<'a>(clause: &Reading, window: Window<'a>, source: &Source) -> Window<'a> {
    window.nearest_piece(|piece| clause.terms.iter().map(|term| weight_in(term, piece, source, true)).sum())
}
