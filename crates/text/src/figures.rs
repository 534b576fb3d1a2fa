//! Numbers and dates, however they are written.

mod date;
mod digits;
mod figure;
mod measure;
mod spelled;
mod words;

use std::ops::Range;

pub use date::Date;
pub(crate) use digits::Digits;
pub use figure::Figure;
pub use measure::Measure;

/// The numbers and dates of a text.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// In order, without those that are part of a date.
    pub numbers: Vec<Figure>,
    /// In order, with where they stand, in bytes.
    pub dates: Vec<(Range<usize>, Date)>,
}

impl Figures {
    /// Reads a text, where a comma may stand before the decimals or not.
    #[must_use]
    pub fn of(text: &str, has_decimal_comma: bool) -> Self {
        let mut dates = date::in_figures(text);
        dates.extend(date::with_months(text));
        dates.sort_by_key(|(range, _)| range.start);
        let mut found = Self { numbers: Vec::new(), dates };
        for digits in Digits::all(text) {
            if !found.is_dated(&digits.range) && !digits.are_part_of_a_name(text) {
                let figure = found.figure(text, &digits, has_decimal_comma);
                found.numbers.push(figure);
            }
        }
        let is_new = |figure: &Figure| {
            !found.is_dated(&figure.range)
                && found.numbers.iter().all(|other| !overlap(&other.range, &figure.range))
        };
        let spelled: Vec<Figure> = spelled::all(text).into_iter().filter(is_new).collect();
        found.numbers.extend(spelled);
        found.numbers.sort_by_key(|figure| figure.range.start);
        found
    }

    fn figure(&self, text: &str, digits: &Digits, has_decimal_comma: bool) -> Figure {
        let scale = digits.scale.unwrap_or(1.0);
        let mut values: Vec<f64> =
            digits.values(has_decimal_comma).iter().map(|value| value * scale).collect();
        let before = text[digits.prefix.clone()].trim_end().to_ascii_lowercase();
        let has_two_digits = digits.written.len() == 2;
        let (mut measure, mut end) = Measure::behind(text, digits.range.end);
        if before == "q" {
            (measure, end) = (Measure::Quarter, digits.range.end);
        } else if has_two_digits && before == "fy" {
            // "FY22"
            values[0] += 2000.0;
        } else if has_two_digits && let Some(century) = self.century_before(text, digits.range.start) {
            values.push(century + values[0]);
        }
        let is_decade = digits.written.len() == 4 && text[digits.range.end..end] == *"s";
        Figure {
            range: digits.prefix.start..end,
            values,
            measure: if is_decade { Measure::Plain } else { measure },
            scaled: digits.scale.is_some(),
            spelled: false,
            parted: digits.written.contains(|c: char| !c.is_ascii_digit()),
            digits: digits.written.chars().filter(char::is_ascii_digit).count(),
        }
    }

    /// "1576-77" is two years: the century of a year that stands before a hyphen here.
    fn century_before(&self, text: &str, start: usize) -> Option<f64> {
        let before = text[..start].trim_end_matches(['-', '–']).len();
        let year = self.numbers.last().filter(|last| last.range.end == before && before < start)?.year()?;
        Some(f64::from(year / 100 * 100))
    }

    fn is_dated(&self, range: &Range<usize>) -> bool {
        self.dates.iter().any(|(date, _)| overlap(date, range))
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(one: &str, other: &str) -> bool {
        let (one, other) = (Figures::of(one, true), Figures::of(other, false));
        one.numbers[0].is_in(&other.numbers[0], &[])
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
            ("37 percent", "37.4 percent"),
            ("the 1960s", "1960"),
            ("forty-five years", "45 years"),
            ("twenty-one lamps", "21 lamps"),
            ("two hundred and five lamps", "205 lamps"),
            ("three thousand two hundred men", "3,200 men"),
            ("сорок пять лет", "45 лет"),
            ("FY 2016", "fiscal 2016"),
            ("١٩٤٥", "1945"),
        ] {
            assert!(is_in(one, other), "{one} and {other}");
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
            ("37.4 percent", "37 percent"),
        ] {
            assert!(!is_in(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn the_scale_above_a_table_counts_where_it_is_known() {
        let claim = &Figures::of("$8.738 billion", false).numbers[0];
        let cell = &Figures::of("8,738", false).numbers[0];
        assert!(claim.is_in(cell, &[1e6]));
        assert!(!claim.is_in(cell, &[1e3]));
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
