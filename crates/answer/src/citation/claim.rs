//! What a sentence of an answer claims.

use text::fold;

use super::language::Language;
use super::reading::{Reading, Term, What};

/// Words that make a number an estimate, so that it may be rounded.
const ABOUT: [&str; 16] = [
    "about",
    "approximately",
    "around",
    "roughly",
    "nearly",
    "almost",
    "some",
    "over",
    "circa",
    "etwa",
    "rund",
    "unos",
    "cerca",
    "около",
    "aproximadamente",
    "half",
];

/// A clause of less is part of the one before it.
const LEAST_CLAUSE: f32 = 2.0;

/// The words, names, numbers and dates of one sentence.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// Each is looked for by itself: a source may say one of them and deny the other.
    pub(super) clauses: Vec<Reading>,
    /// All of them.
    pub(super) whole: Reading,
    /// Whether its numbers are estimates.
    pub(super) is_about: bool,
}

impl Claim {
    pub(super) fn of(sentence: &str, language: Language) -> Self {
        let whole = Reading::of(sentence, language);
        let folded = fold(sentence);
        let is_about = folded.split(|c: char| !c.is_alphanumeric()).any(|word| ABOUT.contains(&word));
        Self { clauses: clauses(&whole), whole, is_about }
    }

    /// Whether there is anything to check: "Yes." claims nothing by itself.
    pub(super) fn is_empty(&self) -> bool {
        self.whole.terms.iter().all(|term| term.weight < 1.0)
    }
}

/// The clauses of a sentence; a short one goes with the one before it.
fn clauses(whole: &Reading) -> Vec<Reading> {
    let mut clauses: Vec<Reading> = Vec::new();
    for terms in whole.terms.chunk_by(|one, next| one.clause == next.clause) {
        for part in at_and(terms) {
            let part = Reading { terms: part.to_vec() };
            match clauses.last_mut() {
                Some(last) if part.weight() < LEAST_CLAUSE || last.weight() < LEAST_CLAUSE => {
                    last.terms.extend(part.terms);
                }
                _ => clauses.push(part),
            }
        }
    }
    clauses
}

/// Parts a clause at an "and" that stands between two numbers, each with words of its own ("A was 3 and B was 4").
fn at_and(terms: &[Term]) -> Vec<&[Term]> {
    let has_figure = |terms: &[Term]| {
        terms.iter().any(|term| matches!(&term.what, What::Figure(figure) if figure.year().is_none()))
    };
    let has_words = |terms: &[Term]| {
        terms.iter().filter(|term| matches!(term.what, What::Word(_)) && term.weight >= 1.0).count() >= 1
    };
    let and = terms.iter().position(|term| {
        matches!(&term.what, What::Word(word) if matches!(word.folded.as_str(), "and" | "und" | "y" | "и"))
    });
    match and {
        Some(and)
            if has_figure(&terms[..and])
                && has_figure(&terms[and..])
                && has_words(&terms[..and])
                && has_words(&terms[and..]) =>
        {
            vec![&terms[..and], &terms[and..]]
        }
        _ => vec![terms],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses_of(sentence: &str) -> usize {
        Claim::of(sentence, Language::default()).clauses.len()
    }

    #[test]
    fn a_bare_yes_claims_nothing() {
        assert!(Claim::of("It is.", Language::default()).is_empty());
        assert!(!Claim::of("It burned.", Language::default()).is_empty());
    }

    #[test]
    fn what_can_be_true_by_itself_is_a_clause() {
        assert_eq!(clauses_of("The lamp burned oil until 1932, but the tower was empty by 2009."), 2);
        assert_eq!(clauses_of("Panes cost 3 euros and bricks cost 4 euros."), 2);
        assert_eq!(clauses_of("The panes and the bricks were renewed."), 1);
    }
}
