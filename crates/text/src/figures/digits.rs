//! Digits, and what they stand for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::measure::unit;
use crate::fold;

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?<digits> \d{1,2}:\d{2}\b | \d{1,3} (?: [,.٬\u{a0}\u{202f}\u{2009}’'] \d{3} )+ (?: [.,٫] \d+ )? \b
                 | \d+ (?: [.,٫] \d+ )? )
        (?: [\s-]* (?<scale> thousands? | millions? | billions? | trillions? | (?: mn | bn | tsd | mio | mrd ) \b
            | tausend | million(?:en)? | milliarden? | mil\x20millones | mill[oó]n(?:es)? | milioane | miliarde
            | mil\b | тысяч\w* | миллион\w* | миллиард\w* | 万 | 亿 ) )?",
    )
    .expect("the pattern is constant and tested")
});

/// Digits with the scale word behind them.
pub(crate) struct Digits {
    /// Where they stand, in bytes, the scale word included.
    pub(crate) range: Range<usize>,
    /// Where the digits alone stand.
    pub(crate) digits: Range<usize>,
    /// The letters right before them, and "FY" with a space: "Q4", "FY 2021".
    pub(crate) prefix: Range<usize>,
    /// As written, but in the digits 0 to 9.
    pub(crate) written: String,
    /// What "million" or the like behind them is worth.
    pub(crate) scale: Option<f64>,
}

impl Digits {
    /// All digits of a text in order, those inside words too.
    pub(crate) fn all(text: &str) -> impl Iterator<Item = Self> {
        DIGITS.captures_iter(text).filter_map(|captures| {
            let digits = captures.name("digits")?;
            Some(Self {
                range: captures.get(0)?.range(),
                digits: digits.range(),
                prefix: prefix(text, digits.start()),
                written: digits.as_str().chars().map(western).collect(),
                scale: captures.name("scale").map(|scale| worth(scale.as_str())),
            })
        })
    }

    /// What they may be worth, without their scale: "4.331" is two numbers where a comma may stand before the decimals.
    pub(crate) fn values(&self, has_decimal_comma: bool) -> Vec<f64> {
        // "13:08" is written "1308" too.
        let written = self.written.replace(':', "");
        let plain: String = written.chars().filter(char::is_ascii_digit).collect();
        let whole = plain.parse::<f64>().ok();
        let separators: Vec<(usize, char)> =
            written.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
        let Some(&(at, last)) = separators.last() else { return whole.into_iter().collect() };
        let behind = written.len() - at - last.len_utf8();
        let decimal = plain
            .split_at_checked(plain.len() - behind)
            .and_then(|(whole, fraction)| format!("{whole}.{fraction}").parse::<f64>().ok());
        let only_one = separators.len() == 1;
        let found = match last {
            '٫' => [decimal, None],
            '.' | ',' if only_one && behind != 3 => [decimal, None],
            '.' | ',' if only_one && has_decimal_comma => [whole, decimal],
            '.' if only_one => [decimal, None],
            '.' | ',' if separators[0].1 != last => [decimal, None],
            _ => [whole, None],
        };
        found.into_iter().flatten().collect()
    }

    /// Whether they belong to a word ("3M", "D2A36"), and not to a quarter, a fiscal year, an ordinal or a unit ("Q4",
    /// "FY22", "4th", "3s").
    pub(crate) fn are_part_of_a_name(&self, text: &str) -> bool {
        let before = text[self.prefix.clone()].trim_end();
        let behind = text[self.digits.end..].split(|c: char| !c.is_ascii_alphanumeric()).next();
        let behind = behind.unwrap_or_default();
        let before_is_fine = matches!(before.to_ascii_lowercase().as_str(), "" | "q" | "fy" | "h");
        // "1990s", in German "1990er"
        let is_inflected =
            self.written.len() > 2 && behind.len() <= 3 && !behind.contains(char::is_uppercase);
        let behind_is_fine = behind.is_empty()
            || is_inflected
            || self.scale.is_some()
            || matches!(behind.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "x")
            || (unit(&behind.to_ascii_lowercase()).is_some() && behind != "M");
        !(before_is_fine && behind_is_fine)
    }
}

fn prefix(text: &str, end: usize) -> Range<usize> {
    let before = &text[..end];
    let letters = |before: &str| before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let apart = before.trim_end_matches([' ', '\u{a0}']);
    let is_fiscal = apart[letters(apart)..].eq_ignore_ascii_case("fy");
    letters(if is_fiscal { apart } else { before })..end
}

/// The digit zero of the scripts that have digits of their own; the others follow it.
const ZEROS: [char; 13] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '０'];

/// A digit of any script as one of 0 to 9, other characters as they are.
fn western(character: char) -> char {
    let digit = |zero: char| u32::from(character).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    ZEROS.into_iter().find_map(digit).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(character)
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
