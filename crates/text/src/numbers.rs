use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A number as written, with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Where its digits and its scale word stand, in bytes.
    pub range: Range<usize>,
    /// What it is worth: "1,577" is 1577, "$1.2 billion" is 1200000000, "12 %" is 12.
    pub value: f64,
    /// Whether it is a share of a hundred.
    pub percent: bool,
}

impl Number {
    /// Whether both say the same, however they are written.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let difference = (self.value - other.value).abs();
        self.percent == other.percent && difference <= self.value.abs().max(other.value.abs()) * 1e-9
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?<digits> \d{1,3} (?: [,\u{a0}\u{202f}\u{2009}] \d{3} )+ (?:\.\d+)? | \d+ (?:\.\d+)? )
        (?: [\s-]* (?<scale> thousand | million | billion | trillion | (?:mn|bn)\b ) )?
        (?: \s* (?<percent> % | percent\b | per\ cent\b ) )?",
    )
    .expect("the pattern is constant and tested")
});

/// The numbers of a text in order. Digits inside a word ("Q4", "B2B") count too.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    NUMBER
        .captures_iter(text)
        .filter_map(|found| {
            let digits: String =
                found["digits"].chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let scale = found.name("scale").map_or(1.0, |scale| worth(scale.as_str()));
            Some(Number {
                range: found.get(0)?.range(),
                value: digits.parse::<f64>().ok()? * scale,
                percent: found.name("percent").is_some(),
            })
        })
        .collect()
}

fn worth(scale: &str) -> f64 {
    match scale.to_ascii_lowercase().as_str() {
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        _ => 1e12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        numbers(one)[0].same_as(&numbers(other)[0])
    }

    #[test]
    fn the_same_number_is_the_same_however_it_is_written() {
        assert!(same("1,577", "1577"));
        assert!(same("1,234.50 m", "1234.5 m"));
        assert!(same("$1.2 billion", "1,200 million"));
        assert!(same("12 %", "12 percent"));
        assert!(same("12\u{a0}500", "12,500"));
    }

    #[test]
    fn other_numbers_are_not() {
        assert!(!same("12 %", "12"));
        assert!(!same("2018", "2019"));
        assert!(!same("1.2 billion", "1.2 million"));
    }

    #[test]
    fn all_numbers_are_found_in_order() {
        let values: Vec<f64> =
            numbers("In Q4 2018, 3 of 12 gauges (25%) failed.").iter().map(|n| n.value).collect();
        assert_eq!(values, [4.0, 2018.0, 3.0, 12.0, 25.0]);
    }
}
