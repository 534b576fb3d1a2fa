//! What a sentence of an answer claims, and how much of it a text carries.

use std::collections::HashSet;

use text::{Number, content_words, fold, numbers};

/// A number or a name is what a reader would check first, so that each weighs as much as two words.
const FACT_WEIGHT: f32 = 2.0;

/// The words, names and numbers of one sentence.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    words: Vec<String>,
    names: Vec<String>,
    numbers: Vec<Number>,
    negated: bool,
}

/// What a text is compared by.
struct Content {
    words: HashSet<String>,
    numbers: Vec<Number>,
}

impl Claim {
    pub(crate) fn of(sentence: &str) -> Self {
        let names = names(sentence);
        let words = content_words(sentence).into_iter().filter(|word| !names.contains(word)).collect();
        Self { words, names, numbers: numbers(sentence), negated: is_negated(sentence) }
    }

    /// Whether there is anything to check: "Yes." claims nothing by itself.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.names.is_empty() && self.numbers.is_empty()
    }

    /// The share of the claim that `text` says too, from 0 to 1.
    pub(crate) fn carried_by(&self, text: &str) -> f32 {
        let content = Content::of(text);
        let has = |word: &&String| content.words.contains(*word);
        let facts =
            self.names.iter().filter(has).count() + self.numbers.iter().filter(|n| content.says(n)).count();
        let words = self.words.iter().filter(has).count();
        let all = self.weight(self.words.len(), self.names.len() + self.numbers.len());
        if all == 0.0 { 0.0 } else { self.weight(words, facts) / all }
    }

    /// Whether every number and name of the claim stands in `text`.
    pub(crate) fn has_its_facts_in(&self, text: &str) -> bool {
        let content = Content::of(text);
        self.numbers.iter().all(|number| content.says(number))
            && self.names.iter().all(|name| content.words.contains(name))
    }

    /// Whether the claim denies what `text` says or the other way round, as far as "not" and its like tell.
    pub(crate) fn contradicts(&self, text: &str) -> bool {
        self.negated != is_negated(text)
    }

    #[expect(clippy::cast_precision_loss, reason = "a sentence has far fewer than 2^24 words")]
    #[expect(clippy::unused_self, reason = "the weights belong to the claim")]
    fn weight(&self, words: usize, facts: usize) -> f32 {
        words as f32 + facts as f32 * FACT_WEIGHT
    }
}

impl Content {
    fn of(text: &str) -> Self {
        Self { words: content_words(text).into_iter().collect(), numbers: numbers(text) }
    }

    fn says(&self, number: &Number) -> bool {
        self.numbers.iter().any(|own| own.same_as(number))
    }
}

/// The stems of capitalised words inside the sentence; the first word is capitalised anyway.
fn names(sentence: &str) -> Vec<String> {
    let capitalised =
        |word: &&str| word.trim_start_matches(['(', '"', '“', '‘', '*', '_']).starts_with(char::is_uppercase);
    sentence.split_whitespace().skip(1).filter(capitalised).flat_map(content_words).collect()
}

fn is_negated(sentence: &str) -> bool {
    let folded = fold(sentence);
    folded.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| {
        matches!(word, "no" | "not" | "never" | "neither" | "nor" | "none" | "without" | "cannot")
            || word.ends_with("n't")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paraphrase_carries_most_of_the_claim_and_another_sentence_little() {
        let claim = Claim::of("The survey repaired 12 gauges in 2018.");
        assert!(claim.carried_by("In 2018 the surveyors had 12 gauges repaired.") > 0.8);
        assert!(claim.carried_by("The lamp burned oil until 1932.") < 0.2);
    }

    #[test]
    fn numbers_and_names_must_stand_in_the_text() {
        let claim = Claim::of("The gauge at Dunmore rose by 1,577 mm.");
        assert!(claim.has_its_facts_in("At Dunmore the water rose 1577 mm."));
        assert!(!claim.has_its_facts_in("At Dunmore the water rose 1576 mm."));
        assert!(!claim.has_its_facts_in("At Kilbeg the water rose 1577 mm."));
    }

    #[test]
    fn a_denial_contradicts() {
        let claim = Claim::of("The lamp was not lit in 1871.");
        assert!(claim.contradicts("The lamp was lit in 1871."));
        assert!(!claim.contradicts("In 1871 the lamp wasn't lit."));
    }

    #[test]
    fn a_bare_yes_claims_nothing() {
        assert!(Claim::of("It is.").is_empty());
    }
}
