//! How far a passage carries the sentence that cites it.

use super::binding::{is_bound_otherwise, is_of_the_compared_year};
use super::claim::Claim;
use super::figures::Fit;
use super::lexicon;
use super::order::{is_joined_of_other_names, is_told_in_another_order, turns_words_round};
use super::quote::{find, weight_in};
use super::reading::{Reading, Term, What, Word};
use super::source::{Source, Window, same_word};

/// Below this share there is no telling the sentences from any others on the subject.
const UNSUPPORTED: f32 = 0.34;

/// A source that says this much of a clause and something against it, denies it; else it may speak of something else.
const SAME_STATEMENT: f32 = 0.7;

/// How far a quote carries the sentence that cites it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// Too little of it, or the source says otherwise: another number, another name, "not".
    Unsupported,
    /// Some of it.
    Partly,
    /// All of it.
    Supported,
}

/// Grades a claim against its source: as its worst clause, but one that is carried keeps the others from being
/// unsupported for lack of words alone.
pub(super) fn grade(claim: &Claim, source: &Source) -> Support {
    let grades: Vec<Verdict> = claim.clauses.iter().map(|clause| verdict(clause, claim, source)).collect();
    let any = |verdict: Verdict| grades.contains(&verdict);
    if any(Verdict::Denied) {
        Support::Unsupported
    } else if grades.iter().all(|verdict| *verdict == Verdict::Carried) {
        Support::Supported
    } else if any(Verdict::Carried) || any(Verdict::Partly) {
        Support::Partly
    } else {
        Support::Unsupported
    }
}

/// What a source says to one clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// All of it.
    Carried,
    /// Some of it, or all of it with a doubt.
    Partly,
    /// Nothing of it.
    Absent,
    /// Something else.
    Denied,
}

fn verdict(clause: &Reading, claim: &Claim, source: &Source) -> Verdict {
    let Some(found) = find(clause, source, claim.is_about) else { return Verdict::Absent };
    let window = source.window(found.pieces.clone());
    let facts = facts(clause, window, source, claim.is_about);
    if facts == Facts::OtherNumber {
        return Verdict::Denied;
    }
    let said = nearest_segment(clause, window);
    let negations = negations(clause, &said);
    let speaks_against = facts == Facts::OtherName
        || negations == Negations::Other
        || says_the_opposite(clause, &said)
        || is_bound_otherwise(clause, source, claim.is_about);
    if speaks_against && found.carried >= SAME_STATEMENT {
        return Verdict::Denied;
    }
    if found.carried < UNSUPPORTED {
        return Verdict::Absent;
    }
    let core = core(clause, window, source);
    let doubtful = speaks_against
        || facts != Facts::There
        || negations == Negations::Some
        || self::negations(clause, &core.words().collect::<Vec<_>>()) != Negations::Same
        || unsaid_words(clause, window, source) > 0
        || denies_alone(clause, window)
        || overstates(clause, window)
        || is_joined_of_other_names(clause, window, source)
        || is_told_in_another_order(clause, window, claim.is_about)
        || turns_words_round(clause, core)
        || is_of_the_compared_year(clause, core);
    if doubtful { Verdict::Partly } else { Verdict::Carried }
}

/// How many words of weight the source does not have.
fn unsaid_words(clause: &Reading, window: Window<'_>, source: &Source) -> usize {
    let core = core(clause, window, source);
    let goes_back = core.goes_back();
    let is_unsaid = |(term, word): &(&Term, &Word)| {
        // Other sentences of the window may name what this one calls "it", but what it says of it is said in it.
        let place = if word.is_name || goes_back { window } else { core };
        let place = if word.sides.is_empty() { place } else { core };
        term.weight >= 1.0 && !place.says_word(word) && !source.surroundings_say(word, window)
    };
    clause.words().filter(is_unsaid).count()
}

/// Where the numbers, dates and names of a clause stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Facts {
    /// A number or date stands nowhere in the passage.
    OtherNumber,
    /// A name stands nowhere in the passage.
    OtherName,
    /// All in the passage, but not all together.
    Elsewhere,
    /// All in one sentence; names perhaps around it.
    There,
}

fn facts(clause: &Reading, window: Window<'_>, source: &Source, is_about: bool) -> Facts {
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
fn core<'a>(clause: &Reading, window: Window<'a>, source: &Source) -> Window<'a> {
    window.nearest_piece(|piece| clause.terms.iter().map(|term| weight_in(term, piece, source, true)).sum())
}

/// The words of that part of a sentence, between commas, that says most of the clause.
fn nearest_segment<'a>(clause: &Reading, window: Window<'a>) -> Vec<(&'a Term, &'a Word)> {
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
enum Negations {
    /// All in the same way.
    Same,
    /// Some in one of them only.
    Some,
    /// Most in one of them only.
    Other,
}

fn negations(clause: &Reading, said: &[(&Term, &Word)]) -> Negations {
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
        (same, other) if other > same => Negations::Other,
        _ => Negations::Some,
    }
}

/// Whether the source says the opposite of a word of the clause, and not the word itself. Where both stand there,
/// what is next to them decides: "higher rates" against "lower rates".
fn says_the_opposite(clause: &Reading, said: &[(&Term, &Word)]) -> bool {
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
fn denies_alone(clause: &Reading, window: Window<'_>) -> bool {
    let is_negation = |word: &Word| lexicon::is_negation(&word.folded);
    let says_not = clause.words().any(|(_, word)| is_negation(word));
    let of_something = clause.words().any(|(term, _)| term.negated && term.weight >= 1.0);
    says_not && !(of_something && window.words().any(|(_, word)| is_negation(word)))
}

/// Words that speak of all, and those that a source has to have for them.
const UNIVERSAL: [&str; 14] = [
    "all",
    "every",
    "each",
    "any",
    "always",
    "everyone",
    "everything",
    "everybody",
    "both",
    "alle",
    "jeder",
    "todos",
    "todas",
    "все",
];
const EXCLUSIVE: [&str; 8] = ["only", "just", "solely", "exclusively", "alone", "nur", "solo", "только"];
const PARTIAL: [&str; 4] = ["some", "few", "several", "certain"];

/// Whether the clause speaks of all or only where the source does not, or of some where the source speaks of all.
fn overstates(clause: &Reading, window: Window<'_>) -> bool {
    let claims = |words: &[&str]| clause.words().any(|(_, word)| words.contains(&word.folded.as_str()));
    let says = |words: &[&str]| window.words().any(|(_, word)| words.contains(&word.folded.as_str()));
    (claims(&UNIVERSAL) && !says(&UNIVERSAL))
        || (claims(&EXCLUSIVE) && !says(&EXCLUSIVE))
        || (claims(&PARTIAL) && !says(&PARTIAL) && says(&UNIVERSAL))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Evidence;

    fn support(sentence: &str, sentences: &[&str]) -> Support {
        let source = Source::of(&Evidence::for_test(1, sentences));
        grade(&Claim::of(sentence, source.language), &source)
    }

    const LAMP: [&str; 3] = [
        "The lamp was lit in 1871.",
        "Its oil burner was replaced in 1932 by the harbour board.",
        "The tower is open to all visitors, but not in winter.",
    ];

    #[test]
    fn a_quote_supports_itself_and_what_says_the_same() {
        for sentence in [
            "The lamp was lit in 1871.",
            "In 1871 the lamp was lit.",
            "The oil burner was replaced by the harbour board in 1932.",
        ] {
            assert_eq!(support(sentence, &LAMP), Support::Supported, "{sentence}");
        }
    }

    #[test]
    fn other_numbers_names_denials_and_opposites_are_not_supported() {
        for sentence in [
            "The lamp was lit in 1872.",
            "The lamp was not lit in 1871.",
            "The lamp of Dunmore was lit in 1871.",
            "The oil burner was replaced in 1871 by the harbour board.",
            "The tower is closed to all visitors.",
            "The tower is open to all visitors in winter.",
        ] {
            assert_ne!(support(sentence, &LAMP), Support::Supported, "{sentence}");
        }
        assert_eq!(support("The lamp was lit in 1872.", &LAMP), Support::Unsupported);
    }

    #[test]
    fn what_is_added_makes_it_partly() {
        assert_eq!(support("The lamp was lit in 1871 by the keeper's daughter.", &LAMP), Support::Partly);
    }

    #[test]
    fn numbers_stay_with_their_words() {
        let said = ["Fees rose 9 percent in Ireland and fell 4 percent in Wales."];
        assert_eq!(support("Fees fell 4 percent in Wales.", &said), Support::Supported);
        assert_ne!(support("Fees rose 4 percent in Ireland.", &said), Support::Supported);
    }

    #[test]
    fn a_row_is_read_under_its_years() {
        let said = ["(in millions)\t2018\t2017", "Goodwill\t10,051\t10,513"];
        assert_eq!(support("Goodwill was $10,513 million in 2017.", &said), Support::Supported);
        assert_ne!(support("Goodwill was $10,513 million in 2018.", &said), Support::Supported);
        assert_ne!(support("Goodwill was $10,513 thousand in 2017.", &said), Support::Supported);
    }
}
