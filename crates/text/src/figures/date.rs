//! Dates, in figures or with the name of a month.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use unicode_segmentation::UnicodeSegmentation as _;

use super::words;
use crate::fold;

/// A month, with its day and year where they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// With its century.
    pub year: Option<u32>,
    /// From 1.
    pub month: u32,
    /// Of the month.
    pub day: Option<u32>,
    /// Whether day and month may stand the other way round: "3/4/2021".
    may_be_turned: bool,
}

static NUMERIC_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\b(?:(?<y1>\d{4})-(?<m1>\d{2})-(?<d1>\d{2})
            |(?<m2>\d{1,2})/(?<d2>\d{1,2})/(?<y2>\d{4})
            |(?<d3>\d{1,2})\.\x20?(?<m3>\d{1,2})\.\x20?(?<y3>\d{4})
            |(?<y4>\d{4})年(?<m4>\d{1,2})月(?:(?<d4>\d{1,2})日)?)",
    )
    .expect("the pattern is constant and tested")
});

impl Date {
    fn new(year: Option<u32>, month: u32, day: Option<u32>) -> Self {
        Self { year, month, day, may_be_turned: false }
    }

    /// Whether `source` says all that this date says.
    #[must_use]
    pub fn is_in(self, source: Self) -> bool {
        (self.year.is_none() || self.year == source.year) && self.has_day_of(source)
    }

    /// Whether `source` says its day and month, of whatever year.
    #[must_use]
    pub fn has_day_of(self, source: Self) -> bool {
        let says = |date: Self| self.month == date.month && (self.day.is_none() || self.day == date.day);
        says(source) || ((self.may_be_turned || source.may_be_turned) && source.turned().is_some_and(says))
    }

    fn turned(self) -> Option<Self> {
        Some(Self { month: self.day?, day: Some(self.month), ..self })
    }
}

/// Dates written in figures, with where they stand.
pub(super) fn in_figures(text: &str) -> Vec<(Range<usize>, Date)> {
    let found = NUMERIC_DATE.captures_iter(text);
    found.filter_map(|captures| Some((captures.get(0)?.range(), numeric(&captures)?))).collect()
}

fn numeric(captures: &Captures<'_>) -> Option<Date> {
    let number = |names: [&str; 4]| {
        names.into_iter().find_map(|name| captures.name(name)).and_then(|digits| digits.as_str().parse().ok())
    };
    let (month, day) = (number(["m1", "m2", "m3", "m4"])?, number(["d1", "d2", "d3", "d4"]));
    let date = Date::new(number(["y1", "y2", "y3", "y4"]), month, day);
    let has_slashes = captures.name("m2").is_some();
    let date = if has_slashes && month > 12 { date.turned()? } else { date };
    let may_be_turned = has_slashes && day.is_some_and(|day| day <= 12);
    (1..=12).contains(&date.month).then_some(Date { may_be_turned, ..date })
}

/// Numbers beside the name of a month: "12 March 2021", "March 12, 2021", "March 2021", "4–6 May"; and a capital alone
/// ("in March").
pub(super) fn with_months(text: &str) -> Vec<(Range<usize>, Date)> {
    let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let months =
        words.iter().enumerate().filter_map(|(place, (_, word))| Some((place, words::month(&fold(word))?)));
    months.flat_map(|(place, month)| around(text, &words, place, month)).collect()
}

/// The dates around a month's name; two where two days are joined by a dash.
fn around(text: &str, words: &[(usize, &str)], place: usize, month: u32) -> Vec<(Range<usize>, Date)> {
    let number = |place: usize| {
        let (_, word) = words.get(place)?;
        word.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok()
    };
    let day = |place: usize| number(place).filter(|day| (1..=31).contains(day));
    let year = |place: usize| number(place).filter(|year| (1000..2200).contains(year));
    let joins = |place: usize| matches!(words.get(place), Some((_, "de" | "of")));
    let dashed = |place: usize| {
        let between = words[place].0 + words[place].1.len()..words[place + 1].0;
        matches!(text[between].trim(), "-" | "–" | "—" | "/")
    };
    let before = place.checked_sub(if place > 0 && joins(place - 1) { 2 } else { 1 });
    let mut last = place;
    let mut days: Vec<usize> = before.filter(|before| day(*before).is_some()).into_iter().collect();
    if let Some(earlier) = days.first().and_then(|first| first.checked_sub(1))
        && day(earlier).is_some()
        && dashed(earlier)
    {
        days.insert(0, earlier);
    }
    let mut next = if joins(place + 1) { place + 2 } else { place + 1 };
    while days.len() < 2 && day(next).is_some() && (days.is_empty() || (next > place + 1 && dashed(next - 1)))
    {
        days.push(next);
        last = next;
        next += 1;
    }
    let year = year(next);
    if year.is_some() {
        last = next;
    }
    let is_capital = words[place].1.starts_with(char::is_uppercase);
    if days.is_empty() && year.is_none() && !(is_capital && place > 0) {
        return Vec::new();
    }
    let first = days.first().copied().unwrap_or(place).min(place);
    let range = words[first].0..words[last].0 + words[last].1.len();
    if days.is_empty() {
        return vec![(range, Date::new(year, month, None))];
    }
    days.into_iter().map(|place| (range.clone(), Date::new(year, month, day(place)))).collect()
}
