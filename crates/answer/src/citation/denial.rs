//! What speaks against a claim: "not" on one side only, and opposites.

use super::figures::Fit;
use super::lexicon;
use super::reading::{Reading, Term, What, Word};
use super::source::{Window, same_word};

/// The words of that part of a sentence, between commas, that says most of the clause.
pub(super) fn nearest_segment<'a>(clause: &Reading, window: Window<'a>) -> Vec<(&'a Term, &'a Word)> {
    let mut best: (f32, Vec<(&Term, &Word)>) = (0.0, Vec::new());
    for piece in window.pieces {
        for terms in piece.reading.terms.chunk_by(|one, next| one.segment == next.segment) {
            let words: Vec<(&Term, &Word)> = terms
                .iter()
                .filter_map(|term| if let What::Word(word) = &term.what { Some((term, word)) } else { None })
                .collect();
            let says = |term: &&Term| match &term.what {
                What::Word(word) => words.iter().any(|(_, own)| same_word(word, own)),
                What::Figure(figure) => terms.iter().any(
                    |own| matches!(&own.what, What::Figure(own) if figure.fits(own, &[], true) != Fit::No),
                ),
                What::Date(_) => false,
            };
            let score: f32 = clause.terms.iter().filter(says).map(|term| term.weight).sum();
            if score > best.0 {
                best = (score, words);
            }
        }
    }
    best.1
}

/// How the words that two texts share stand to "not".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Negations {
    /// All in the same way.
    Same,
    /// Some in one of them only.
    Some,
    /// Most in one of them only.
    Other,
}

pub(super) fn negations(clause: &Reading, said: &[(&Term, &Word)]) -> Negations {
    let (mut same, mut other) = (0, 0);
    for (term, word) in clause.words().filter(|(term, _)| term.weight >= 1.0) {
        let mut occurrences = said.iter().filter(|(_, own)| same_word(word, own)).peekable();
        if occurrences.peek().is_none() {
            continue;
        }
        if occurrences.any(|(own, _)| own.negated == term.negated) {
            same += usize::from(term.negated);
        } else {
            other += 1;
        }
    }
    match (same, other) {
        (_, 0) => Negations::Same,
        // "Not covered" is said of both, before what is not covered or behind it.
        (0, _) => Negations::Other,
        _ => Negations::Some,
    }
}

/// Whether the source says the opposite of a word of the clause, and not the word itself. Where both stand there,
/// what is next to them decides: "higher rates" against "lower rates".
pub(super) fn says_the_opposite(clause: &Reading, said: &[(&Term, &Word)]) -> bool {
    let claimed: Vec<(&Term, &Word)> = clause.words().collect();
    (0..claimed.len()).any(|place| {
        let (term, word) = claimed[place];
        let sides = word.sides;
        if sides.is_empty() {
            return false;
        }
        let neighbours = neighbours(&claimed, place);
        let mut agreements = [false; 2];
        let mut denials = [false; 2];
        for (at, (own, other)) in said.iter().enumerate() {
            let other_sides = other.sides;
            let same = same_word(word, other);
            let denies = !same && other_sides.iter().any(|own| sides.iter().any(|side| side.denies(*own)));
            if own.negated != term.negated || !(same || denies) {
                continue;
            }
            let is_near = neighbours
                .iter()
                .zip(self::neighbours(said, at))
                .any(|(own, other)| own.zip(other).is_some_and(|(own, other)| same_word(own, other)));
            if same {
                agreements[usize::from(is_near)] = true;
            } else {
                denials[usize::from(is_near)] = true;
            }
        }
        match (agreements, denials) {
            ([_, true], _) => false,
            (_, [_, true]) => true,
            ([far, _], [far_denial, _]) => far_denial && !far,
        }
    })
}

/// The words right before and right behind one, but for those that bind.
fn neighbours<'a>(words: &[(&Term, &'a Word)], place: usize) -> [Option<&'a Word>; 2] {
    let heavy =
        |(term, word): &(&Term, &'a Word)| (term.weight > 0.0 && word.sides.is_empty()).then_some(*word);
    let before = words[..place].iter().rev().find_map(heavy);
    let behind = words[place + 1..].iter().find_map(heavy);
    [before, behind]
}

/// Whether the clause denies something where the source has no "not", or ends in one ("but the other does not").
pub(super) fn denies_alone(clause: &Reading, window: Window<'_>) -> bool {
    let is_negation = |word: &Word| lexicon::is_negation(&word.folded);
    let says_not = clause.words().any(|(_, word)| is_negation(word));
    let of_something = clause.words().any(|(term, _)| term.negated && term.weight >= 1.0);
    says_not && !(of_something && window.words().any(|(_, word)| is_negation(word)))
}
