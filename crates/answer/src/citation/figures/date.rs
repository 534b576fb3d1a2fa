//! Dates, in figures or with the name of a month.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use text::fold;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::lexicon;

/// A day, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Date {
    pub(in super::super) year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

static NUMERIC_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?)",
    )
    .expect("the pattern is constant and tested")
});

impl Date {
    /// Whether `source` says all that this date says.
    pub(in super::super) fn is_in(self, source: Self) -> bool {
        let says = |own: Option<u32>, other: Option<u32>| own.is_none() || own == other;
        self.month == source.month && says(self.year, source.year) && says(self.day, source.day)
    }
}

/// Dates written in figures, with where they stand.
pub(super) fn in_figures(text: &str) -> Vec<(Range<usize>, Date)> {
    let mut dates = Vec::new();
    for captures in NUMERIC_DATE.captures_iter(text) {
        let number = |group: usize| captures.get(group).and_then(|digits| digits.as_str().parse().ok());
        let date = |year, month: Option<u32>, day| {
            month.filter(|month| (1..=12).contains(month)).map(|month| Date { year, month, day })
        };
        let date = if captures.get(1).is_some() {
            date(number(1), number(2), number(3))
        } else if captures.get(4).is_some() {
            // Both orders are in use; the one that is no date gives way.
            date(number(6), number(4), number(5)).or_else(|| date(number(6), number(5), number(4)))
        } else {
            date(number(7), number(8), number(9))
        };
        dates.extend(captures.get(0).zip(date).map(|(all, date)| (all.range(), date)));
    }
    dates
}

/// Numbers beside the name of a month: "12 March 2021", "March 12, 2021", "March 2021".
pub(super) fn with_months(text: &str) -> Vec<(Range<usize>, Date)> {
    let mut dates = Vec::new();
    let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    for (place, (start, word)) in words.iter().enumerate() {
        let Some(month) = lexicon::month(&fold(word)) else { continue };
        let mut range = *start..start + word.len();
        let near = |place: Option<usize>| place.and_then(|place| words.get(place)).copied();
        let number = |word: Option<(usize, &str)>| {
            let (start, word) = word?;
            let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
            Some((start, start + word.len(), digits.parse::<u32>().ok()?))
        };
        let is_day = |found: &(usize, usize, u32)| (1..=31).contains(&found.2);
        let is_year = |found: &(usize, usize, u32)| (1000..2200).contains(&found.2);
        let filler = |place: Option<usize>| near(place).is_some_and(|(_, word)| matches!(word, "de" | "of"));
        let back = if filler(place.checked_sub(1)) { 2 } else { 1 };
        let before = number(near(place.checked_sub(back))).filter(is_day);
        let ahead = if filler(Some(place + 1)) { 2 } else { 1 };
        let after = number(near(Some(place + ahead)));
        let (day, year) = match (before, after) {
            (Some(day), year) => (Some(day), year.filter(is_year)),
            (None, Some(next)) if is_year(&next) => (None, Some(next)),
            (None, Some(next)) if is_day(&next) => {
                (Some(next), number(near(Some(place + ahead + 1))).filter(is_year))
            }
            (None, _) => continue,
        };
        for (start, end, _) in day.iter().chain(&year) {
            range = range.start.min(*start)..range.end.max(*end);
        }
        let date = Date { year: year.map(|found| found.2), month, day: day.map(|found| found.2) };
        dates.push((range, date));
    }
    dates
}
