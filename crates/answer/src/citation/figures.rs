//! Numbers and dates, however they are written.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use text::fold;
use unicode_segmentation::UnicodeSegmentation as _;

use super::lexicon;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Where it stands, in bytes, its scale and unit included.
    pub(super) range: Range<usize>,
    /// What it is worth. "4.331" is two numbers: what a point means depends on the language.
    values: Vec<f64>,
    pub(super) measure: Measure,
    /// Whether "million" or the like stands behind it.
    scaled: bool,
    /// Written as a word.
    pub(super) spelled: bool,
    /// Whether signs part its thousands or decimals.
    parted: bool,
    /// Digits that say how exact it is.
    digits: usize,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Nothing that is known.
    Plain,
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

/// How one number fits another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Another number, or of another measure.
    No,
    /// The same digits, but only one of them says whether they are millions.
    ScaleUnknown,
    /// The same.
    Same,
}

/// A day, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?<digits> \d{1,2}:\d{2}\b | \d{1,3} (?: [,.\u{a0}\u{202f}\u{2009}’'] \d{3} )+ (?: [.,] \d+ )? \b
                 | \d+ (?: [.,] \d+ )? )
        (?: [\s-]* (?<scale> thousands? | millions? | billions? | trillions? | (?: mn | bn | tsd | mio | mrd ) \b
            | tausend | million(?:en)? | milliarden? | mil\x20millones | mill[oó]n(?:es)? | milioane | miliarde
            | тысяч\w* | миллион\w* | миллиард\w* | 万 | 亿 ) )?",
    )
    .expect("the pattern is constant and tested")
});

static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) ^ [\s-]* (?: [%％] | percentage\s+points? | percent\b | per\s+cent\b | prozent | por\s+ciento
            | procente | процент\w* | basis\s+points? | °\s*[CF]\b | ℃ )",
    )
    .expect("the pattern is constant and tested")
});

static NUMERIC_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?)",
    )
    .expect("the pattern is constant and tested")
});

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

/// The numbers and dates of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    /// In order.
    pub(super) numbers: Vec<Figure>,
    /// In order, with where they stand.
    pub(super) dates: Vec<(Range<usize>, Date)>,
}

impl Figures {
    pub(super) fn of(text: &str, has_decimal_comma: bool) -> Self {
        let mut found = Self::default();
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
            found.dates.extend(captures.get(0).zip(date).map(|(all, date)| (all.range(), date)));
        }
        found.read_numbers(text, has_decimal_comma);
        found.read_words(text);
        found.join_dates(text);
        found.numbers.sort_by_key(|figure| figure.range.start);
        found.dates.sort_by_key(|(range, _)| range.start);
        found
    }

    fn read_numbers(&mut self, text: &str, has_decimal_comma: bool) {
        for captures in FIGURE.captures_iter(text) {
            let (Some(all), Some(digits)) = (captures.get(0), captures.name("digits")) else { continue };
            if self.is_dated(&all.range()) {
                continue;
            }
            let before = text[..all.start()].chars().next_back();
            let digits_text = digits.as_str();
            if is_part_of_a_name(text, digits.range()) {
                continue;
            }
            let scale = captures.name("scale").map_or(1.0, |scale| worth(scale.as_str()));
            // "37 600 millones": a space parts thousands, but only a scale tells it from two numbers.
            let thousands = self.numbers.pop_if(|last| {
                scale > 1.0
                    && digits_text.len() == 3
                    && last.digits <= 3
                    && text[last.range.end..all.start()] == *" "
            });
            let digits_text = &match &thousands {
                Some(thousands) => format!("{}{digits_text}", thousands.values[0]),
                None => digits_text.to_owned(),
            };
            let mut values: Vec<f64> =
                readings(digits_text, has_decimal_comma).into_iter().map(|value| value * scale).collect();
            if before.is_some_and(|letter| letter.eq_ignore_ascii_case(&'y')) && digits_text.len() == 2 {
                values = values.into_iter().map(|value| value + 2000.0).collect();
            }
            let start = thousands.map_or(all.start(), |thousands| thousands.range.start);
            // "1576-77" is two years.
            let before_hyphen = text[..all.start()].trim_end_matches(['-', '–']);
            if digits_text.len() == 2
                && before_hyphen.len() < all.start()
                && let Some(first) = self.numbers.last().filter(|last| last.range.end == before_hyphen.len())
                && let Some(year) = first.year()
            {
                values.push(f64::from(year / 100 * 100) + values[0]);
            }
            let mut range = start..all.end();
            let measure;
            (measure, range.end) = measure_behind(text, range.end);
            self.numbers.push(Figure {
                range,
                values,
                measure,
                scaled: captures.name("scale").is_some(),
                spelled: false,
                parted: !digits_text.bytes().all(|byte| byte.is_ascii_digit()),
                digits: digits_text.chars().filter(char::is_ascii_digit).count(),
            });
        }
    }

    /// Numbers written as words.
    fn read_words(&mut self, text: &str) {
        let spelled = |range: Range<usize>, value: f64, measure: Measure| Figure {
            range,
            values: vec![value],
            measure,
            scaled: false,
            spelled: true,
            parted: false,
            digits: 2,
        };
        for captures in SHARE.captures_iter(text) {
            let value = |group: usize| {
                let word = captures.get(group).map_or("", |word| word.as_str()).to_lowercase();
                if word == "one" { Some(1.0) } else { lexicon::numeral(&word) }
            };
            if let (Some(all), Some(part), Some(whole)) = (captures.get(0), value(1), value(2)) {
                self.numbers.push(spelled(all.range(), part / whole * 100.0, Measure::Percent));
            }
        }
        let lower = text.to_ascii_lowercase();
        for (words, value) in SHARES {
            for (start, _) in lower.match_indices(words) {
                self.numbers.push(spelled(start..start + words.len(), *value, Measure::Percent));
            }
        }
        for (start, word) in text.unicode_word_indices() {
            let range = start..start + word.len();
            let taken =
                self.numbers.iter().any(|figure| figure.range.contains(&start)) || self.is_dated(&range);
            if !taken && let Some(value) = lexicon::numeral(&fold(word)) {
                let (measure, end) = measure_behind(text, range.end);
                self.numbers.push(spelled(range.start..end, value, measure));
            }
        }
    }

    /// Numbers beside the name of a month are dates: "12 March 2021", "March 12, 2021", "March 2021".
    fn join_dates(&mut self, text: &str) {
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
            let filler =
                |place: Option<usize>| near(place).is_some_and(|(_, word)| matches!(word, "de" | "of"));
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
            self.numbers.retain(|figure| figure.range.end <= range.start || figure.range.start >= range.end);
            self.dates.push((range, date));
        }
    }

    fn is_dated(&self, range: &Range<usize>) -> bool {
        self.dates.iter().any(|(date, _)| date.start < range.end && range.start < date.end)
    }
}

impl Figure {
    /// Whether it is likely a year.
    pub(super) fn year(&self) -> Option<u32> {
        let value = self.values.last().copied().unwrap_or_default();
        let plain = self.measure == Measure::Plain && !self.scaled && !self.spelled && !self.parted;
        (plain && self.digits <= 4 && value.fract() == 0.0 && (1000.0..2200.0).contains(&value))
            .then_some(value as u32)
    }

    /// Whether `source` says this number, where numbers without a scale of their own count `scales` (from "in
    /// millions" above a table), and what stands "about" may be rounded.
    pub(super) fn fits(&self, source: &Self, scales: &[f64], about: bool) -> Fit {
        let plain_word = source.spelled && source.measure == Measure::Plain;
        if !self.measure.agrees(source.measure) || (plain_word && self.measure != Measure::Plain) {
            return Fit::No;
        }
        let same = |one: f64, other: f64| (one - other).abs() <= one.abs().max(other.abs()) * 1e-9;
        let may_be_rounded = about || self.scaled != source.scaled || self.spelled;
        let rounded = |own: f64, other: f64| may_be_rounded && same(own, to_digits(other, self.digits));
        let pairs =
            || self.values.iter().flat_map(|own| source.values.iter().map(move |other| (*own, *other)));
        let fits =
            |scale: f64| pairs().any(|(own, other)| same(own, other * scale) || rounded(own, other * scale));
        let takes_scale = !source.scaled && source.measure == Measure::Plain && source.year().is_none();
        if pairs().any(|(own, other)| same(own, other))
            || pairs().any(|(own, other)| rounded(own, other))
            || (takes_scale && scales.iter().any(|scale| fits(*scale)))
        {
            return Fit::Same;
        }
        if self.scaled && takes_scale && scales.is_empty() && [1e3, 1e6, 1e9].into_iter().any(fits) {
            return Fit::ScaleUnknown;
        }
        Fit::No
    }
}

impl Measure {
    /// A bare number in a table may count anything.
    fn agrees(self, source: Self) -> bool {
        self == source
            || matches!((self, source), (Self::Plain, Self::Unit(_)) | (Self::Unit(_), Self::Plain))
            || matches!((self, source), (Self::Plain, Self::Degrees(_)))
    }
}

impl Date {
    /// Whether `source` says all that this date says.
    pub(super) fn is_in(self, source: Self) -> bool {
        let says = |own: Option<u32>, other: Option<u32>| own.is_none() || own == other;
        self.month == source.month && says(self.year, source.year) && says(self.day, source.day)
    }
}

/// The numbers that digits with commas, points or spaces may stand for.
fn readings(digits: &str, has_decimal_comma: bool) -> Vec<f64> {
    // "13:08" is written "1308" too.
    let digits = &digits.replace(':', "");
    let separators: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let decimal = |at: usize| {
        let (whole, fraction) = digits.split_at(at);
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        let fraction: String = fraction.chars().filter(char::is_ascii_digit).collect();
        format!("{whole}.{fraction}").parse::<f64>().ok()
    };
    let whole = plain.parse::<f64>().ok();
    let Some((at, last)) = digits.char_indices().rev().find(|(_, c)| !c.is_ascii_digit()) else {
        return whole.into_iter().collect();
    };
    let three_follow = digits.len() - at - last.len_utf8() == 3;
    let found = match (last, separators.len()) {
        ('.' | ',', 1) if !three_follow => [decimal(at), None],
        (',' | '.', 1) if has_decimal_comma => [whole, decimal(at)],
        ('.', 1) => [decimal(at), None],
        ('.' | ',', _) if separators.first() != Some(&last) => [decimal(at), None],
        _ => [whole, None],
    };
    found.into_iter().flatten().collect()
}

/// `value` with so many digits that count.
fn to_digits(value: f64, digits: usize) -> f64 {
    if value == 0.0 {
        return value;
    }
    let place = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - digits.clamp(1, 15) as i32);
    (value / place).round() * place
}

fn worth(scale: &str) -> f64 {
    let scale = fold(scale);
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| scale.starts_with(prefix));
    if scale == "亿" {
        1e8
    } else if scale == "万" {
        1e4
    } else if starts(&["trillion"]) {
        1e12
    } else if starts(&["billion", "bn", "milliard", "mrd", "mil millones", "miliard", "миллиард"]) {
        1e9
    } else if starts(&["mill", "mn", "mio", "milioane", "миллион"]) {
        1e6
    } else {
        1e3
    }
}

/// What a number that ends at `end` counts, and where that is said.
fn measure_behind(text: &str, end: usize) -> (Measure, usize) {
    if let Some(found) = MEASURE.find(&text[end..]) {
        return (measure(found.as_str()), end + found.end());
    }
    unit_behind(text, end).map_or((Measure::Plain, end), |(unit, end)| (Measure::Unit(unit), end))
}

fn measure(word: &str) -> Measure {
    let word = word.trim_start_matches(['-', ' ', '\n', '\t']).to_lowercase();
    if word.starts_with("percentage") {
        Measure::PercentagePoints
    } else if word.starts_with("basis") {
        Measure::BasisPoints
    } else if word.starts_with('°') || word == "℃" {
        Measure::Degrees(if word.ends_with('f') { 'f' } else { 'c' })
    } else {
        Measure::Percent
    }
}

/// Whether digits belong to a word ("3M", "D2A36"), and not to a quarter, a fiscal year or a unit ("Q4", "FY22", "3s").
fn is_part_of_a_name(text: &str, digits: Range<usize>) -> bool {
    let letters_before: String =
        text[..digits.start].chars().rev().take_while(char::is_ascii_alphabetic).collect();
    let letters_behind =
        text[digits.end..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let before_is_fine = matches!(letters_before.to_ascii_lowercase().as_str(), "" | "q" | "yf" | "h");
    let behind = letters_behind.to_ascii_lowercase();
    let behind_is_fine = behind.is_empty()
        || matches!(
            behind.as_str(),
            "st" | "nd" | "rd" | "th" | "x" | "mn" | "bn" | "million" | "billion" | "thousand"
        )
        || (lexicon::unit(&behind).is_some() && letters_behind != "M");
    !(before_is_fine && behind_is_fine)
}

/// Words between a number and its unit.
const KINDS: [&str; 4] = ["nautical", "square", "cubic", "metric"];

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
    let unit = lexicon::unit(&fold(word))?;
    Some((unit, end + gap + start + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(one: &str, other: &str) -> Fit {
        let (one, other) = (Figures::of(one, true), Figures::of(other, false));
        one.numbers[0].fits(&other.numbers[0], &[], false)
    }

    #[test]
    fn the_same_number_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("1,234.50 m", "1234.5 m"),
            ("$1.2 billion", "1,200 million"),
            ("12 %", "12 percent"),
            ("40.000 Menschen", "40,000 people"),
            ("11,5 mm", "11.5 millimetres"),
            ("37\u{a0}600", "37,600"),
            ("three wicks", "3 wicks"),
            ("nine in ten", "90%"),
            ("37,6 miliarde", "37.6 billion"),
        ] {
            assert_eq!(fit(one, other), Fit::Same, "{one} and {other}");
        }
    }

    #[test]
    fn other_numbers_and_other_units_are_not() {
        for (one, other) in [
            ("12 %", "12 people"),
            ("4 percentage points", "4 %"),
            ("20 km", "20 miles"),
            ("1.2 billion", "1.2 million"),
            ("565°C", "565°F"),
            ("2018", "2019"),
        ] {
            assert_eq!(fit(one, other), Fit::No, "{one} and {other}");
        }
    }

    #[test]
    fn the_scale_above_a_table_counts_where_it_is_known() {
        let claim = &Figures::of("$8.738 billion", false).numbers[0];
        let cell = &Figures::of("8,738", false).numbers[0];
        assert_eq!(claim.fits(cell, &[1e6], false), Fit::Same);
        assert_eq!(claim.fits(cell, &[], false), Fit::ScaleUnknown);
        assert_eq!(claim.fits(cell, &[1e3], false), Fit::No);
    }

    #[test]
    fn dates_are_the_same_in_any_order_and_language() {
        let date = |text: &str| Figures::of(text, false).dates[0].1;
        for text in ["March 12, 2021", "2021-03-12", "12. März 2021", "12 de marzo de 2021", "2021年3月12日"]
        {
            assert_eq!(date(text), date("12 March 2021"), "{text}");
        }
        assert!(date("March 2021").is_in(date("12 March 2021")));
        assert!(!date("12 March 2021").is_in(date("March 2021")));
        assert!(Figures::of("It may rise by 3.", false).dates.is_empty());
    }

    #[test]
    fn years_are_told_from_other_numbers() {
        let years = |text: &str| -> Vec<Option<u32>> {
            Figures::of(text, false).numbers.iter().map(Figure::year).collect()
        };
        assert_eq!(years("FY2018, FY22, 2,018 men, 2018 km"), [Some(2018), Some(2022), None, None]);
    }
}
