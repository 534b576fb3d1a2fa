//! The names of months, numbers and units in some languages. What they lack is read as other words are.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold;

static UNITS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| by_line(include_str!("words/units.txt")));

static MONTHS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| by_line(include_str!("words/months.txt")));

static NUMERALS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let rows = lines(include_str!("words/numerals.txt")).filter_map(|line| {
        let (value, words) = line.split_once(' ')?;
        Some((value.parse::<u32>().ok()?, words))
    });
    rows.flat_map(|(value, words)| words.split_whitespace().map(move |word| (fold(word), value))).collect()
});

/// The unit of measure that a folded word names, by its line in the table.
pub(super) fn unit(word: &str) -> Option<usize> {
    UNITS.get(word).copied()
}

/// The month that a folded word names, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    MONTHS.get(word).and_then(|line| u32::try_from(line + 1).ok())
}

/// What a folded word is worth as a number.
pub(super) fn numeral(word: &str) -> Option<u32> {
    NUMERALS.get(word).copied()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
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
    fn tables_of_several_languages_are_read() {
        assert_eq!(
            (month(&fold("März")), month("enero"), numeral(&fold("zwölf"))),
            (Some(3), Some(1), Some(12))
        );
        assert!(unit("km") == unit("kilometers") && unit("km") != unit("miles"));
    }
}
