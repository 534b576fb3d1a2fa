//! How far a quote carries the sentence that cites it.

use super::claim::Claim;

/// Of a supported claim, at least this share stands in the quote.
const SUPPORTED: f32 = 0.6;

/// Below this share there is no telling the quote from any other sentence on the subject.
const PARTLY: f32 = 0.3;

/// How far a quote carries the sentence that cites it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// All of it.
    Supported,
    /// Some of it.
    Partly,
    /// None of it, or a number or name in it stands nowhere in the passage.
    Unsupported,
}

/// Grades a claim against its quote; its numbers and names may stand anywhere in the passage.
pub(crate) fn grade(claim: &Claim, quote: &str, passage: &str) -> Support {
    let carried = claim.carried_by(quote);
    if carried < PARTLY || !claim.has_its_facts_in(passage) {
        Support::Unsupported
    } else if carried >= SUPPORTED && claim.has_its_facts_in(quote) && !claim.contradicts(quote) {
        Support::Supported
    } else {
        Support::Partly
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str =
        "The lamp was lit in 1871. Its oil burner was replaced in 1932 by the harbour board.";

    fn support(sentence: &str, quote: &str) -> Support {
        grade(&Claim::of(sentence), quote, PASSAGE)
    }

    #[test]
    fn a_quote_supports_itself() {
        assert_eq!(support("The lamp was lit in 1871.", "The lamp was lit in 1871."), Support::Supported);
    }

    #[test]
    fn a_changed_number_is_unsupported() {
        assert_eq!(support("The lamp was lit in 1872.", "The lamp was lit in 1871."), Support::Unsupported);
    }

    #[test]
    fn a_denial_is_not_supported() {
        assert_eq!(support("The lamp was not lit in 1871.", "The lamp was lit in 1871."), Support::Partly);
    }

    #[test]
    fn a_fact_from_elsewhere_in_the_passage_makes_it_partly() {
        let sentence = "The oil burner was replaced by the harbour board, after the lamp of 1871.";
        assert_eq!(
            support(sentence, "Its oil burner was replaced in 1932 by the harbour board."),
            Support::Partly
        );
    }
}
