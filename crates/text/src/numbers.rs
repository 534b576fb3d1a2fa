use std::ops::Range;

use crate::figures::{Digits, Measure};

/// A number as written in digits, with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Where its digits, its scale word and its percent sign stand, in bytes.
    pub range: Range<usize>,
    /// What it is worth: "1,577" is 1577, "$1.2 billion" is 1200000000, "12 %" is 12.
    pub value: f64,
    /// Whether it is a share of a hundred.
    pub percent: bool,
}

/// The numbers of a text in order, as English reads them. Digits inside a word ("Q4", "B2B") count too;
/// [`Figures`](crate::Figures) reads numbers with what they count.
#[must_use]
pub fn numbers(text: &str) -> Vec<Number> {
    let number = |digits: Digits| {
        let value = digits.values(false).first()? * digits.scale.unwrap_or(1.0);
        let (measure, end) = Measure::behind(text, digits.range.end);
        let percent = measure == Measure::Percent;
        let end = if percent { end } else { digits.range.end };
        Some(Number { range: digits.range.start..end, value, percent })
    };
    Digits::all(text).filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_are_found_in_order() {
        let text = "In Q4 2018, 3 of 1,200 gauges (25 %) failed, at $1.2 billion.";
        let found = numbers(text);
        let values: Vec<(f64, bool)> = found.iter().map(|number| (number.value, number.percent)).collect();
        let plain = |value| (value, false);
        assert_eq!(
            values,
            [plain(4.0), plain(2018.0), plain(3.0), plain(1200.0), (25.0, true), plain(1.2e9)]
        );
        assert_eq!(&text[found[4].range.clone()], "25 %");
    }
}
