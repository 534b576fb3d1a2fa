//! What words mean to each other: the same, the opposite, little, a number, a unit.
//!
//! The tables are short and general on purpose. What they lack costs a citation its full grade, never a false one.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use text::{fold, stem};

static SYNONYMS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut concepts = HashMap::new();
    for group in lines(include_str!("lexicon/synonyms.txt")) {
        let words: Vec<String> = stems(group).collect();
        for word in &words {
            concepts.entry(word.clone()).or_insert_with(|| words[0].clone());
        }
    }
    concepts
});

/// For each word the lines it stands on, and on which side.
static OPPOSITES: LazyLock<HashMap<String, Vec<Side>>> = LazyLock::new(|| {
    let mut sides: HashMap<String, Vec<Side>> = HashMap::new();
    for (line, pair) in lines(include_str!("lexicon/opposites.txt")).enumerate() {
        for (side, words) in pair.split('|').enumerate() {
            for word in stems(words) {
                sides.entry(word).or_default().push(Side { line, right: side == 1 });
            }
        }
    }
    sides
});

static LIGHT: LazyLock<HashSet<String>> =
    LazyLock::new(|| lines(include_str!("lexicon/light.txt")).flat_map(stems).collect());

static NEGATIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lines(include_str!("lexicon/negations.txt")).flat_map(str::split_whitespace).map(fold).collect()
});

static UNITS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| by_line(include_str!("lexicon/units.txt")));

static MONTHS: LazyLock<HashMap<String, usize>> =
    LazyLock::new(|| by_line(include_str!("lexicon/months.txt")));

static NUMERALS: LazyLock<HashMap<String, f64>> = LazyLock::new(|| {
    let rows = lines(include_str!("lexicon/numerals.txt")).filter_map(|line| {
        let (value, words) = line.split_once(' ')?;
        Some((value.parse::<f64>().ok()?, words))
    });
    rows.flat_map(|(value, words)| words.split_whitespace().map(move |word| (fold(word), value))).collect()
});

/// One side of a pair of opposites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    line: usize,
    right: bool,
}

impl Side {
    pub(super) fn denies(self, other: Self) -> bool {
        self.line == other.line && self.right != other.right
    }
}

/// What a folded word means: the same for words of one group, else its stem.
pub(super) fn concept(word: &str) -> String {
    let stem = stem(word);
    SYNONYMS.get(&stem).cloned().unwrap_or(stem)
}

/// Where a folded word stands among the opposites.
pub(super) fn sides(word: &str) -> &'static [Side] {
    OPPOSITES.get(&stem(word)).map_or(&[], Vec::as_slice)
}

/// Whether a folded word says little by itself.
pub(super) fn is_light(word: &str) -> bool {
    LIGHT.contains(&stem(word))
}

pub(super) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(word) || word.ends_with("n't")
}

/// The unit of measure that a folded word names.
pub(super) fn unit(word: &str) -> Option<usize> {
    UNITS.get(word).copied()
}

/// The month that a folded word names, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    MONTHS.get(word).and_then(|line| u32::try_from(line + 1).ok())
}

/// What a folded word is worth as a number.
pub(super) fn numeral(word: &str) -> Option<f64> {
    NUMERALS.get(word).copied()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

fn stems(words: &str) -> impl Iterator<Item = String> {
    words.split_whitespace().map(|word| stem(&fold(word)))
}

/// Each folded word with the number of its first line, from 0.
fn by_line(table: &'static str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (number, line) in lines(table).enumerate() {
        for word in line.split_whitespace() {
            found.entry(fold(word)).or_insert(number);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_synonyms_mean_the_same() {
        assert_eq!(concept("bought"), concept("acquisition"));
        assert_eq!(concept("employees"), concept("staff"));
        assert_ne!(concept("revenue"), concept("income"));
    }

    #[test]
    fn opposites_deny_each_other() {
        let deny = |one: &str, other: &str| {
            sides(one).iter().any(|one| sides(other).iter().any(|other| one.denies(*other)))
        };
        assert!(deny("grew", "declined") && deny("north", "south"));
        assert!(!deny("grew", "increased") && !deny("lamp", "increased"));
    }

    #[test]
    fn tables_of_several_languages_are_read() {
        assert_eq!((month("märz"), month("enero"), numeral("zwölf")), (None, Some(1), None));
        assert_eq!((month(&fold("März")), numeral(&fold("zwölf"))), (Some(3), Some(12.0)));
        assert!(unit("km") == unit("kilometers") && unit("km") != unit("miles"));
        assert!(is_negation("nicht") && is_negation("didn't"));
    }
}
