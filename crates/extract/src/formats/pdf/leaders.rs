//! Dots that lead the eye from a title to its page number, and lines to write on. Nobody reads or quotes them, and
//! they would fill a chunk.

use super::lines::{Gap, LineWord};
use crate::Bounds;

/// An ellipsis has three dots.
const FEWEST: usize = 4;

fn leads(character: char) -> bool {
    matches!(character, '.' | '_' | '\u{b7}' | '\u{2026}')
}

/// Spares most lines the work.
pub(super) fn may_have_leaders(words: &[LineWord]) -> bool {
    words.iter().flat_map(|word| word.text.chars()).filter(|character| leads(*character)).count() >= FEWEST
}

/// The words without leaders; where one was, a cell begins.
pub(super) fn without_leaders(words: &[LineWord]) -> Vec<LineWord> {
    let all_lead = |word: &LineWord| word.text.chars().all(leads);
    let mut kept: Vec<LineWord> = Vec::with_capacity(words.len());
    let mut after_leader = false;
    for run in words.chunk_by(|word, next| all_lead(word) == all_lead(next)) {
        let letters: usize = run.iter().map(|word| word.text.chars().count()).sum();
        if all_lead(&run[0]) && letters >= FEWEST {
            after_leader = true;
            continue;
        }
        for word in run {
            for mut part in parts_between_leaders(word) {
                if after_leader {
                    part.before = Gap::Cell;
                }
                after_leader = false;
                kept.push(part);
            }
        }
    }
    kept
}

/// A word that runs into its leader, or a page number that follows it closely.
fn parts_between_leaders(word: &LineWord) -> Vec<LineWord> {
    let characters: Vec<char> = word.text.chars().collect();
    let runs: Vec<&[char]> = characters.chunk_by(|a, b| leads(*a) == leads(*b)).collect();
    let is_leader = |run: &[char]| leads(run[0]) && run.len() >= FEWEST;
    let mut parts: Vec<LineWord> = Vec::new();
    let mut start = 0;
    for part in runs.chunk_by(|run, next| is_leader(run) == is_leader(next)) {
        let text: String = part.concat().iter().collect();
        let end = start + part.iter().map(|run| run.len()).sum::<usize>();
        if !is_leader(part[0]) {
            parts.push(LineWord {
                text,
                bounds: share_of(word.bounds, start, end, characters.len()),
                before: if start == 0 { word.before } else { Gap::Cell },
            });
        }
        start = end;
    }
    parts
}

/// The place of some of a word's letters, as if all were of the same width.
fn share_of(bounds: Bounds, start: usize, end: usize, all: usize) -> Bounds {
    let at = |letter: usize| bounds.left + (bounds.right - bounds.left) * letter as f32 / all as f32;
    Bounds { left: at(start), right: at(end), ..bounds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(words: &[&str]) -> Vec<(String, Gap)> {
        let bounds = Bounds { left: 0.0, bottom: 0.0, right: 100.0, top: 10.0 };
        let words: Vec<LineWord> = words
            .iter()
            .map(|text| LineWord { text: (*text).to_owned(), bounds, before: Gap::Space })
            .collect();
        without_leaders(&words).into_iter().map(|word| (word.text, word.before)).collect()
    }

    fn words(expected: &[(&str, Gap)]) -> Vec<(String, Gap)> {
        expected.iter().map(|(text, gap)| ((*text).to_owned(), *gap)).collect()
    }

    #[test]
    fn leaders_become_cells() {
        let entry = words(&[("Training", Gap::Space), ("5", Gap::Cell)]);
        assert_eq!(without(&["Training........5"]), entry);
        assert_eq!(without(&["Training", ".......", "5"]), entry);
        assert_eq!(without(&["Training", ".", ".", ".", ".", "5"]), entry);
        assert_eq!(without(&["Training", "......5"]), entry);
        assert_eq!(without(&["2.1......5"]), words(&[("2.1", Gap::Space), ("5", Gap::Cell)]));
    }

    #[test]
    fn dots_that_are_read_stay() {
        let sentence = ["wait...", "no", ".", "1.5"];
        assert_eq!(without(&sentence), words(&sentence.map(|text| (text, Gap::Space))));
    }
}
