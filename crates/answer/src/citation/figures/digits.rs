//! What digits stand for.

use std::ops::Range;

use text::fold;

use super::super::lexicon;

/// The numbers that digits with commas, points or spaces may stand for.
pub(super) fn readings(digits: &str, has_decimal_comma: bool) -> Vec<f64> {
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

pub(super) fn worth(scale: &str) -> f64 {
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

/// Whether digits belong to a word ("3M", "D2A36"), and not to a quarter, a fiscal year or a unit ("Q4", "FY22", "3s").
pub(super) fn is_part_of_a_name(text: &str, digits: Range<usize>) -> bool {
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
