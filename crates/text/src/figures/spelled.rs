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
            if word == "one" { Some(1.0) } else { words::numeral(&word) }
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

/// "Three", "dozen", with their units.
fn numerals(text: &str) -> impl Iterator<Item = Figure> {
    text.unicode_word_indices().filter_map(move |(start, word)| {
        let value = words::numeral(&fold(word))?;
        let (measure, end) = Measure::behind(text, start + word.len());
        Some(spelled(start..end, value, measure))
    })
}

fn spelled(range: Range<usize>, value: f64, measure: Measure) -> Figure {
    Figure { range, values: vec![value], measure, scaled: false, spelled: true, parted: false, digits: 2 }
}
