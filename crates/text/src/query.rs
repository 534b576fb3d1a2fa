//! What a query seeks: the words that say something, and the phrases that they stand in.

use std::collections::HashSet;

use crate::{is_stop_word, search_terms};

/// So many stop words may stand inside a phrase ("cost of the goods").
const STOP_WORDS_INSIDE: usize = 2;

/// The words of a query as they are searched, each once, in its order. English stop words are left out where there are others.
#[must_use]
pub fn query_words(query: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut words = search_terms(query);
    words.retain(|word| seen.insert(word.clone()));
    if words.iter().any(|word| !is_stop_word(word)) {
        words.retain(|word| !is_stop_word(word));
    }
    words
}

/// The phrases of a query, each once: two words that say something, with the stop words between them.
#[must_use]
pub fn query_phrases(query: &str) -> Vec<Vec<String>> {
    let words = search_terms(query);
    let telling = |word: &&String| !is_stop_word(word);
    let mut seen = HashSet::new();
    let mut phrases = Vec::new();
    for (start, _) in words.iter().enumerate().filter(|(_, word)| telling(word)) {
        let following = words[start + 1..].iter().take(STOP_WORDS_INSIDE + 1).position(|word| telling(&word));
        if let Some(between) = following {
            let phrase = &words[start..=start + 1 + between];
            if seen.insert(phrase) {
                phrases.push(phrase.to_vec());
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_two_words_with_what_stands_between() {
        let phrases =
            |query| -> Vec<String> { query_phrases(query).iter().map(|phrase| phrase.join(" ")).collect() };
        assert_eq!(
            phrases("What is the cost of goods sold in FY2018, the cost of goods?"),
            ["cost of goods", "goods sold", "sold in fy2018", "fy2018 the cost"]
        );
        assert_eq!(phrases("rent"), [""; 0]);
        assert_eq!(phrases("what is it"), [""; 0]);
    }

    #[test]
    fn stop_words_are_sought_where_there_are_no_others() {
        assert_eq!(query_words("the rent of the house, the rent"), ["rent", "house"]);
        assert_eq!(query_words("what is it, what"), ["what", "is", "it"]);
    }
}
