//! Which passages fit into the prompt.

use library::Passage;

/// More sources than this confuse small models more than they help.
const MAX_PASSAGES: usize = 8;

/// What rules, question and the history of a conversation may take of the context.
const RESERVED_TOKENS: usize = 1_500;

/// What is kept free for the answer.
pub(crate) const ANSWER_TOKENS: usize = 1_024;

/// The passages with their scores that fit into a model's context, best first. One whose text another one holds
/// already is left out.
#[must_use]
pub fn pack(passages: Vec<(Passage, f32)>, context_tokens: usize) -> Vec<(Passage, f32)> {
    let mut budget = context_tokens.saturating_sub(RESERVED_TOKENS + ANSWER_TOKENS);
    let mut packed: Vec<(Passage, f32)> = Vec::new();
    for (passage, score) in passages {
        let tokens = estimated_tokens(&passage.text);
        let repeats = packed.iter().any(|(other, _)| other.text.contains(&passage.text));
        if packed.len() == MAX_PASSAGES || (tokens > budget && !packed.is_empty()) {
            break;
        }
        if !repeats {
            budget = budget.saturating_sub(tokens);
            packed.push((passage, score));
        }
    }
    packed
}

/// Rather too many: three bytes a token, where English prose has about four.
pub(crate) fn estimated_tokens(text: &str) -> usize {
    text.len().div_ceil(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Evidence;

    fn passages(count: u32, text: &str) -> Vec<(Passage, f32)> {
        let passage = |page| (Evidence::for_test(page, &[&format!("{page} {text}")]).passage().clone(), 1.0);
        (1..=count).map(passage).collect()
    }

    #[test]
    fn the_best_passages_fill_the_context() {
        let long = "word ".repeat(600);
        assert_eq!(pack(passages(20, &long), 8_192).len(), 5);
        assert_eq!(pack(passages(20, &long), 131_072).len(), MAX_PASSAGES);
    }

    #[test]
    fn the_best_passage_is_there_even_where_the_context_is_small() {
        assert_eq!(pack(passages(3, &"word ".repeat(600)), 1_000).len(), 1);
    }

    #[test]
    fn the_same_text_is_packed_once() {
        let mut twice = passages(1, "text");
        twice.extend(passages(1, "text"));
        assert_eq!(pack(twice, 8_192).len(), 1);
    }
}
