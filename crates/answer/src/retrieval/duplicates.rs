//! The same text in several documents (copies, versions, templates) is one passage.

use std::collections::HashSet;

use library::Passage;
use text::search_terms;

use super::params::PARAMS;

/// Leaves out each passage that says what a better one says, and gives those left out with what comes in their place.
pub(super) fn leave_out<T: Clone>(passages: &mut Vec<(Passage, T)>) -> Vec<(T, T)> {
    let mut said: Vec<(Words, T)> = Vec::new();
    let mut left_out = Vec::new();
    passages.retain(|(passage, finding)| {
        let words = Words::of(&passage.text);
        let again = said.iter().find(|(other, _)| other.same_as(&words));
        let is_new = again.is_none();
        match again {
            Some((_, better)) => left_out.push((finding.clone(), better.clone())),
            None => said.push((words, finding.clone())),
        }
        is_new
    });
    left_out
}

struct Words {
    words: HashSet<String>,
    numbers: HashSet<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let (numbers, words) =
            search_terms(text).into_iter().partition(|term| term.contains(|c: char| c.is_ascii_digit()));
        Self { words, numbers }
    }

    fn same_as(&self, other: &Self) -> bool {
        // Most pairs differ in what costs little to see.
        let (fewer, more) =
            (self.words.len().min(other.words.len()), self.words.len().max(other.words.len()));
        if (fewer as f32) < PARAMS.same_words * more as f32 || self.numbers != other.numbers {
            return false;
        }
        let shared = self.words.intersection(&other.words).count();
        let all = fewer + more - shared;
        shared as f32 >= PARAMS.same_words * all as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Evidence;

    fn left(texts: &[&str]) -> usize {
        let passage = |text: &&str| (Evidence::for_test(1, &[text]).passage().clone(), 1.0);
        let mut passages = texts.iter().map(passage).collect();
        leave_out(&mut passages);
        passages.len()
    }

    #[test]
    fn a_copy_goes_and_a_version_with_another_number_stays() {
        let rent = "The rent is 1,200 a month and is due on the first day of the month.";
        assert_eq!(left(&[rent, "The rent is 1200 a month, and is due on the first  day of the month."]), 1);
        assert_eq!(left(&[rent, "The rent is 1,300 a month and is due on the first day of the month."]), 2);
        assert_eq!(left(&[rent, "The deposit is 1,200 and is returned in the month after the last."]), 2);
    }
}
