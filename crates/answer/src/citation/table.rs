//! What stands above the figures of a table: years over its columns, and the scale of its numbers.

use std::sync::LazyLock;

use regex::Regex;

use super::figures::Measure;
use super::reading::Reading;

/// A table's head stands at most this many bytes above a row.
const HEAD_REACH: usize = 2_500;

static SCALE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in|of)\s+(thousand|million|billion)s\b|\((?:dollars in |amounts in |u\.s\. )?(thousand|million|billion)s\b")
        .expect("the pattern is constant and tested")
});

/// What else stands in the head of columns that are years ("Fiscal", "Years ended December 31,").
const HEAD_WORDS: [&str; 20] = [
    "fiscal",
    "fy",
    "year",
    "years",
    "ended",
    "ending",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "$",
    "%",
];

/// The years above the figures of a row, in the order of the figures; `None` where there is none or none is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Vec<Option<u32>>);

impl Columns {
    /// `before` is the page's text above the row.
    pub(super) fn of(before: &str, row: &Reading) -> Self {
        let mut reach = before.len().saturating_sub(HEAD_REACH);
        while !before.is_char_boundary(reach) {
            reach += 1;
        }
        let figures: Vec<bool> =
            row.figures().map(|figure| matches!(figure.measure, Measure::Plain) && !figure.spelled).collect();
        let plain = figures.iter().filter(|plain| **plain).count();
        let heads = heads(&before[reach..]);
        let is_head = |head: &&Vec<u32>| head.len() <= plain || (plain == 0 && figures.len() == head.len());
        let Some(years) = heads.iter().filter(is_head).max_by_key(|head| head.len()) else {
            return Self(vec![None; figures.len()]);
        };
        let percent_only = plain == 0;
        // Figures before those of the years belong to the row's name ("net of allowances of $95 and $103").
        let mut skipped = if percent_only { 0 } else { plain - years.len() };
        let mut years = years.iter().copied();
        let year = |is_plain: bool| {
            if !is_plain && !percent_only {
                None
            } else if skipped > 0 {
                skipped -= 1;
                None
            } else {
                years.next()
            }
        };
        Self(figures.into_iter().map(year).collect())
    }

    pub(super) fn year(&self, figure: usize) -> Option<u32> {
        self.0.get(figure).copied().flatten()
    }

    pub(super) fn years(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flatten().copied()
    }
}

/// A caption is at most so many lines.
const CAPTION_LINES: usize = 3;

/// What stands above a row: the lines before its table, and the table's first row.
pub(super) fn head(before: &str) -> &str {
    let is_row = |line: &str| line.contains(['\t', '|']);
    let mut start = before.len();
    let mut lines = before.split_inclusive('\n').rev().peekable();
    while let Some(line) = lines.next_if(|line| is_row(line) || line.trim().is_empty()) {
        start -= line.len();
    }
    let first_row = before[start..].trim_start().lines().next().unwrap_or_default();
    let end = before.len() - before[start..].trim_start().len() + first_row.len();
    for line in lines.filter(|line| !line.trim().is_empty()).take(CAPTION_LINES) {
        start = before[..start].rfind(line.trim_end()).unwrap_or(start);
    }
    &before[start..end]
}

/// The rows of years that can stand above columns: at least two, with nothing but words of a head between them.
fn heads(above: &str) -> Vec<Vec<u32>> {
    let mut heads: Vec<Vec<u32>> = vec![Vec::new()];
    for word in above.split_whitespace() {
        let bare = word.trim_matches([',', ':', '|', '(', ')']);
        let number = bare.parse::<u32>().ok();
        let year = number.filter(|year| bare.len() == 4 && (1900..2100).contains(year));
        let is_head_word = bare.is_empty()
            || HEAD_WORDS.contains(&bare.to_lowercase().as_str())
            || number.is_some_and(|number| number <= 31);
        match (heads.last_mut(), year) {
            (Some(head), Some(year)) if !head.contains(&year) => head.push(year),
            (_, Some(year)) => heads.push(vec![year]),
            _ if is_head_word => {}
            _ => heads.push(Vec::new()),
        }
    }
    heads.retain(|head| head.len() >= 2);
    heads
}

/// What the numbers of these pages count in, where a line says so ("in millions").
pub(super) fn scales<'a>(pages: impl Iterator<Item = &'a str>) -> Vec<f64> {
    let mut scales = Vec::new();
    for page in pages {
        for captures in SCALE.captures_iter(page) {
            let word = captures.get(1).or(captures.get(2)).map_or("", |word| word.as_str()).to_lowercase();
            let scale = match word.as_str() {
                "thousand" => 1e3,
                "million" => 1e6,
                _ => 1e9,
            };
            if !scales.contains(&scale) {
                scales.push(scale);
            }
        }
    }
    scales
}

#[cfg(test)]
mod tests {
    use super::super::language::Language;
    use super::*;

    #[test]
    fn years_stand_above_their_figures() {
        let above = "(Dollars in millions)\n\nYears ended December 31,\t2018\t2017\t2016\n";
        let row = Reading::of("Accounts receivable, net of $95\t$7,879\t$5,452\t$1,981", Language::default());
        let columns = Columns::of(above, &row);
        assert_eq!(columns.0, [None, Some(2018), Some(2017), Some(2016)]);
        assert_eq!(scales([above].into_iter()), [1e6]);
    }

    #[test]
    fn a_head_over_several_lines_is_read() {
        let above =
            "Fiscal\n2017\n\nFiscal\n2016\n\nFiscal\n2015\n\n% Change\n2017-2016\n\n% Change\n2016-2015\n";
        let row = Reading::of("Americas\t$ 4,216.5\t$ 3,400.1\t$ 2,788.1\t24%\t22%", Language::default());
        assert_eq!(Columns::of(above, &row).years().collect::<Vec<_>>(), [2017, 2016, 2015]);
    }

    #[test]
    fn two_days_are_no_head() {
        let row = Reading::of("Total\t46\t41", Language::default());
        assert_eq!(Columns::of("It rose in 2018 more than before.\n", &row).years().count(), 0);
    }
}
