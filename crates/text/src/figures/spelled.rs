//! Numbers written as words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation as _;

use super::figure::Figure;
use super::measure::Measure;
use super::words;
use crate::fold;

/// "Six in ten", "one of five".
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:every )?(two|three|four|five|ten)\b",
    )
    .expect("the pattern is constant and tested")
});

/// Shares that are one word.
const SHARES: &[(&str, f64)] = &[
    ("three-quarters", 75.0),
    ("three quarters", 75.0),
    ("two-thirds", 66.67),
    ("two thirds", 66.67),
    ("one-third", 33.33),
    ("one third", 33.33),
];

static QUARTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(first|second|third|fourth)(?:\s+fiscal)?[\s-]+quarter\b")
        .expect("the pattern is constant and tested")
});

/// All numbers that are words; none lies in another one.
pub(super) fn all(text: &str) -> Vec<Figure> {
    let mut found: Vec<Figure> = shares(text).into_iter().chain(quarters(text)).collect();
    for figure in numerals(text) {
        if !found.iter().any(|other| other.range.contains(&figure.range.start)) {
            found.push(figure);
        }
    }
    found
}

/// Quarters of a year: "the first quarter" is "Q1".
fn quarters(text: &str) -> impl Iterator<Item = Figure> {
    QUARTER.captures_iter(text).filter_map(|captures| {
        let ordinal = captures.get(1)?.as_str().to_lowercase();
        let place = ["first", "second", "third", "fourth"].iter().position(|one| *one == ordinal)?;
        Some(spelled(captures.get(0)?.range(), place as f64 + 1.0, Measure::Quarter))
    })
}

/// Shares of a whole, as percentages.
fn shares(text: &str) -> Vec<Figure> {
    let mut shares = Vec::new();
    for captures in SHARE.captures_iter(text) {
        let value = |group: usize| {
            let word = captures.get(group).map_or("", |word| word.as_str()).to_lowercase();
            words::numeral(&word).map(f64::from)
        };
        if let (Some(all), Some(part), Some(whole)) = (captures.get(0), value(1), value(2)) {
            shares.push(spelled(all.range(), part / whole * 100.0, Measure::Percent));
        }
    }
    let lower = text.to_ascii_lowercase();
    for (words, value) in SHARES {
        let places = lower.match_indices(words);
        shares.extend(places.map(|(start, _)| spelled(start..start + words.len(), *value, Measure::Percent)));
    }
    shares
}

/// "Three", "forty-five", "two hundred and five", with their units. "One" alone counts seldom.
fn numerals(text: &str) -> impl Iterator<Item = Figure> {
    let mut found: Vec<(Range<usize>, Numeral)> = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        let Some(value) = words::numeral(&fold(word)) else { continue };
        let end = start + word.len();
        let (range, joined) = match found.last() {
            Some((last, numeral)) => (last.start..end, numeral.with(value, text[last.end..start].trim())),
            None => (start..end, None),
        };
        if let Some(joined) = joined {
            found.pop();
            found.push((range, joined));
        } else {
            found.extend(Numeral::default().with(value, "").map(|numeral| (start..end, numeral)));
        }
    }
    let counts = found.into_iter().filter(|(_, numeral)| numeral.value() != 1);
    counts.map(|(range, numeral)| {
        let (measure, end) = Measure::behind(text, range.end);
        spelled(range.start..end, f64::from(numeral.value()), measure)
    })
}

/// A number that goes on word by word.
#[derive(Debug, Clone, Copy, Default)]
struct Numeral {
    thousands: u32,
    below: u32,
}

impl Numeral {
    /// With one more word, behind what stands between; `None` where that begins another number.
    fn with(self, value: u32, between: &str) -> Option<Self> {
        let whole_hundreds = self.below.is_multiple_of(100);
        let whole_tens = self.below.is_multiple_of(10) && self.below % 100 >= 20;
        let goes_on = matches!(between, "" | "-" | "y") || (between == "and" && whole_hundreds);
        let multiplied = self.below.max(1).checked_mul(value);
        match value {
            _ if !goes_on => None,
            0..100 if whole_hundreds || (whole_tens && value < 10) => {
                Some(Self { below: self.below + value, ..self })
            }
            100..1000 if self.below < 100 => Some(Self { below: multiplied?, ..self }),
            1000.. if self.thousands == 0 || self.below > 0 => {
                Some(Self { thousands: self.thousands.checked_add(multiplied?)?, below: 0 })
            }
            _ => None,
        }
    }

    fn value(self) -> u32 {
        self.thousands + self.below
    }
}

fn spelled(range: Range<usize>, value: f64, measure: Measure) -> Figure {
    Figure { range, values: vec![value], measure, scaled: false, spelled: true, parted: false, digits: 2 }
}
