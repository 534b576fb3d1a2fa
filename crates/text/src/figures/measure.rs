//! What a number counts.

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::fold;

pub(super) use super::words::unit;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Nothing that is known.
    Plain,
    /// Which quarter of a year.
    Quarter,
    /// Hundredths.
    Percent,
    /// Hundredths by which a share of hundredths changes.
    PercentagePoints,
    /// Hundredths of those.
    BasisPoints,
    /// Degrees, of this kind.
    Degrees(char),
    /// A unit, by its line in the table.
    Unit(usize),
}

static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) ^ [\s-]* (?: [%％٪] | percentage\s+points? | percent\b | per\s+cent\b | prozent | por\s+ciento
            | procente | процент\w* | basis\s+points? | °\s*[CF]\b | ℃ | degrees?\s+(?:celsius|fahrenheit)\b )",
    )
    .expect("the pattern is constant and tested")
});

/// Words between a number and its unit.
const KINDS: [&str; 4] = ["nautical", "square", "cubic", "metric"];

impl Measure {
    /// A bare number in a table may count anything.
    pub(super) fn agrees(self, source: Self) -> bool {
        self == source
            || matches!((self, source), (Self::Plain, Self::Unit(_)) | (Self::Unit(_), Self::Plain))
            || matches!((self, source), (Self::Plain, Self::Degrees(_)))
    }

    /// What a number that ends at `end` counts, and where that is said.
    pub(crate) fn behind(text: &str, end: usize) -> (Self, usize) {
        if let Some(found) = MEASURE.find(&text[end..]) {
            return (Self::of_sign(found.as_str()), end + found.end());
        }
        unit_behind(text, end).map_or((Self::Plain, end), |(unit, end)| (Self::Unit(unit), end))
    }

    fn of_sign(sign: &str) -> Self {
        let sign = sign.trim_start_matches(['-', ' ', '\n', '\t']).to_lowercase();
        if sign.starts_with("percentage") {
            Self::PercentagePoints
        } else if sign.starts_with("basis") {
            Self::BasisPoints
        } else if sign.starts_with(['°', '℃']) || sign.starts_with("degree") {
            Self::Degrees(if sign.ends_with('f') || sign.ends_with("heit") { 'f' } else { 'c' })
        } else {
            Self::Percent
        }
    }
}

/// The unit that stands right behind a number, and where it ends.
fn unit_behind(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-', '\n']).len();
    if gap > 2 {
        return None;
    }
    let mut words = rest[gap..].unicode_word_indices();
    let mut found = words.next().filter(|(start, _)| *start == 0)?;
    if KINDS.contains(&found.1) {
        found = words.next()?;
    }
    let (start, word) = found;
    let unit = unit(&fold(word))?;
    Some((unit, end + gap + start + word.len()))
}
