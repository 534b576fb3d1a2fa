//! The order in which names, numbers and words stand: the same words may say another thing the other way round.

use super::figures::Fit;
use super::reading::{Reading, Term, What, Word};
use super::source::{Source, Window, same_word};

/// Words that say which way round two things stand, so that their order may change.
const TURNING: [&str; 12] =
    ["by", "from", "to", "than", "versus", "against", "von", "als", "por", "que", "and", "or"];

/// What may change its place with another of its kind only: "B bought A" for "A bought B", "from 4 to 3" for "from 3 to
/// 4", "worse than better" for "better than worse".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Figure,
    Opposite,
}

fn kind(term: &Term) -> Option<Kind> {
    match &term.what {
        What::Word(word) if word.is_name => Some(Kind::Name),
        What::Word(word) if term.weight >= 1.0 && !word.sides.is_empty() => Some(Kind::Opposite),
        What::Figure(figure) if figure.year().is_none() => Some(Kind::Figure),
        _ => None,
    }
}

/// Whether two names, numbers or opposites of the clause stand the other way round in the source, with no word that
/// would explain it.
pub(super) fn is_told_in_another_order(clause: &Reading, window: Window<'_>, is_about: bool) -> bool {
    [Kind::Name, Kind::Figure, Kind::Opposite].into_iter().any(|own| {
        let of_kind = clause.terms.iter().enumerate().filter(|(_, term)| kind(term) == Some(own));
        let places: Vec<(usize, Option<&str>, Option<&str>)> = of_kind
            .filter_map(|(place, term)| {
                let (at, said) = place_in(term, window, is_about)?;
                Some((at, said, turning_before(&clause.terms, place)))
            })
            .collect();
        places.windows(2).any(|pair| is_turned(pair[0], pair[1]))
    })
}

/// Two places in the source, each with the word that binds it there and in the claim.
fn is_turned(
    first: (usize, Option<&str>, Option<&str>),
    second: (usize, Option<&str>, Option<&str>),
) -> bool {
    let bound_alike = first.1 == first.2 && second.1 == second.2 && (first.2.is_some() || second.2.is_some());
    // "B was bought by A" says that A bought B; "by" on both sides turns nothing.
    let turned_by = (second.2 == Some("by")) != (first.1 == Some("by"));
    let explained = bound_alike || second.2 == Some("and") || turned_by;
    first.0 > second.0 && !explained
}

/// Where the window says a name or number, if it does so once, and what word binds it there.
fn place_in<'a>(sought: &Term, window: Window<'a>, is_about: bool) -> Option<(usize, Option<&'a str>)> {
    let mut found = None;
    let mut count = 0;
    for piece in window.pieces {
        for (place, term) in piece.reading.terms.iter().enumerate() {
            let same = kind(term) == kind(sought)
                && match (&sought.what, &term.what) {
                    (What::Word(own), What::Word(said)) => same_word(own, said),
                    (What::Figure(own), What::Figure(said)) => own.fits(said, &[], is_about) == Fit::Same,
                    _ => false,
                };
            if same {
                if found.is_some() {
                    return None;
                }
                found = Some((count + place, turning_before(&piece.reading.terms, place)));
            }
        }
        count += piece.reading.terms.len();
    }
    found
}

/// The binding word that stands right before a term.
fn turning_before(terms: &[Term], place: usize) -> Option<&str> {
    let near = terms[place.saturating_sub(3)..place].iter().rev();
    let words = near.map_while(|term| match &term.what {
        What::Word(word) => Some(word.folded.as_str()),
        What::Figure(_) | What::Date(_) => None,
    });
    words.into_iter().find(|word| TURNING.contains(word))
}

/// Whether the words of a name that stand together in the clause stand apart in the source: "the Privacy Officer" where
/// it speaks of privacy and of another officer.
pub(super) fn is_joined_of_other_names(clause: &Reading, window: Window<'_>, source: &Source) -> bool {
    let name = |term: &Term| match &term.what {
        What::Word(word) if word.is_name && !word.folded.ends_with("'s") => Some(word.clone()),
        _ => None,
    };
    clause.terms.windows(2).any(|pair| {
        let (Some(first), Some(second)) = (name(&pair[0]), name(&pair[1])) else { return false };
        !window.says_together(&first, &second) && !source.surroundings_say_together(&first, &second, window)
    })
}

/// Fewer words may stand in any order.
const LEAST_WORDS: usize = 4;

/// Whether most pairs of the clause's words stand the other way round in the source. Of "A bought B" and "B was bought by
/// A" it cannot tell that they say the same.
pub(super) fn turns_words_round(clause: &Reading, core: Window<'_>) -> bool {
    let said: Vec<&Word> = core.words().map(|(_, word)| word).collect();
    let heavy = clause.words().filter(|(term, _)| term.weight >= 1.0);
    let places: Vec<usize> =
        heavy.filter_map(|(_, word)| said.iter().position(|own| same_word(word, own))).collect();
    let pairs = places
        .iter()
        .enumerate()
        .flat_map(|(at, first)| places[at + 1..].iter().map(move |next| (first, next)));
    let (turned, all) =
        pairs.fold((0, 0), |(turned, all), (first, next)| (turned + usize::from(first > next), all + 1));
    places.len() >= LEAST_WORDS && turned * 2 > all
}
