//! Numbers and dates, however they are written.

mod date;
mod digits;
mod figure;
mod measure;
mod spelled;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use digits::{is_part_of_a_name, readings, worth};
use measure::measure_behind;

pub(super) use date::Date;
pub(super) use figure::{Figure, Fit};
pub(super) use measure::Measure;

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
        let mut found = Self { numbers: Vec::new(), dates: date::in_figures(text) };
        found.read_numbers(text, has_decimal_comma);
        found.read_words(text);
        for (range, date) in date::with_months(text) {
            found.numbers.retain(|figure| figure.range.end <= range.start || figure.range.start >= range.end);
            found.dates.push((range, date));
        }
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
            (measure, range.end) = if before.is_some_and(|letter| letter.eq_ignore_ascii_case(&'q')) {
                (Measure::Quarter, range.end)
            } else {
                measure_behind(text, range.end)
            };
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

    fn read_words(&mut self, text: &str) {
        self.numbers.extend(spelled::shares(text));
        self.numbers.extend(spelled::quarters(text));
        for figure in spelled::numerals(text) {
            let is_taken = self.numbers.iter().any(|other| other.range.contains(&figure.range.start));
            if !is_taken && !self.is_dated(&figure.range) {
                self.numbers.push(figure);
            }
        }
    }

    fn is_dated(&self, range: &Range<usize>) -> bool {
        self.dates.iter().any(|(date, _)| date.start < range.end && range.start < date.end)
    }
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
            ("in Q3", "in the third quarter"),
            ("565 degrees Celsius", "565 °C"),
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
            ("Q3", "the second quarter"),
            ("Q3", "3 people"),
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
