//! How far a passage carries the sentence that cites it.

use super::binding::{is_bound_otherwise, is_of_the_compared_year};
use super::claim::Claim;
use super::denial::{Negations, denies_alone, nearest_segment, negations, says_the_opposite};
use super::facts::{Facts, core, facts};
use super::order::{is_joined_of_other_names, is_told_in_another_order, turns_words_round};
use super::overstatement::overstates;
use super::quote::find;
use super::reading::{Reading, Term, Word};
use super::source::{Source, Window};

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
    let negated = negations(clause, &said);
    let speaks_against = facts == Facts::OtherName
        || negated == Negations::Other
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
        || negated == Negations::Some
        || negations(clause, &core.words().collect::<Vec<_>>()) != Negations::Same
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
