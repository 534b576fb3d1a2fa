//! Which passages fit into the prompt.

use library::Passage;

/// More sources than this confuse small models more than they help.
const MAX_PASSAGES: usize = 8;

/// What rules, question and the history of a conversation may take of the context.
const RESERVED_TOKENS: usize = 1_500;

/// What is kept free for the answer.
const ANSWER_TOKENS: usize = 1_024;

/// And for a model that thinks before it answers: this share of its context, up to a limit.
const THINKING_SHARE: usize = 8;
const MOST_THINKING_TOKENS: usize = 4_096;

/// The passages with their scores that fit into a model's context, best first. One whose text another one holds
/// already is left out.
#[must_use]
pub fn pack(passages: Vec<(Passage, f32)>, context_tokens: usize) -> Vec<(Passage, f32)> {
    let mut budget = context_tokens.saturating_sub(RESERVED_TOKENS + written_tokens(context_tokens));
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

/// How many tokens a model may write: its thinking and its answer.
pub(crate) fn written_tokens(context_tokens: usize) -> usize {
    ANSWER_TOKENS + (context_tokens / THINKING_SHARE).min(MOST_THINKING_TOKENS)
}

/// Best first to best at the edges: models read the beginning and the end of a long prompt with more care than its
/// middle (Liu and others, "Lost in the Middle", 2023).
pub(crate) fn best_at_the_edges<T>(best_first: Vec<T>) -> Vec<T> {
    let (mut front, mut back) = (Vec::new(), Vec::new());
    for (place, item) in best_first.into_iter().enumerate() {
        if place % 2 == 0 { front.push(item) } else { back.push(item) }
    }
    front.into_iter().chain(back.into_iter().rev()).collect()
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
        assert_eq!(pack(passages(20, &long), 8_192).len(), 4);
        assert_eq!(pack(passages(20, &long), 131_072).len(), MAX_PASSAGES);
    }

    #[test]
    fn the_best_passage_is_there_even_where_the_context_is_small() {
        assert_eq!(pack(passages(3, &"word ".repeat(600)), 1_000).len(), 1);
    }

    #[test]
    fn what_a_model_writes_leaves_most_of_its_context_to_the_sources() {
        assert_eq!((written_tokens(8_192), written_tokens(131_072)), (2_048, 5_120));
    }

    #[test]
    fn the_best_stand_at_the_edges() {
        assert_eq!(best_at_the_edges(vec![1, 2, 3, 4, 5]), [1, 3, 5, 4, 2]);
    }

    #[test]
    fn the_same_text_is_packed_once() {
        let mut twice = passages(1, "text");
        twice.extend(passages(1, "text"));
        assert_eq!(pack(twice, 8_192).len(), 1);
    }
}
