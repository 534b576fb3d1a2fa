//! Numbers in no format.

use super::digits::Decimal;

/// As many characters as a cell shows of a fraction.
const WIDTH: i32 = 11;

/// The number as a cell shows it. Whole numbers keep all their digits, however narrow a cell is: they may be names.
pub(in crate::formats) fn general(value: f64) -> String {
    if !value.is_finite() {
        return "#NUM!".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let decimal = Decimal::of(value.abs());
    if decimal.is_zero() {
        return "0".to_owned();
    }
    let is_whole = value.fract() == 0.0 && decimal.point <= 15;
    if !is_whole && !(-3..=WIDTH).contains(&decimal.point) {
        return format!("{sign}{}", scientific(decimal));
    }
    let decimals = if is_whole { 0 } else { WIDTH - 1 - decimal.point.max(1) };
    let (whole, fraction) = decimal.rounded(usize::try_from(decimals).unwrap_or(0));
    let whole = if whole.is_empty() { "0" } else { &whole };
    format!("{sign}{}", with_fraction(whole, &fraction))
}

fn scientific(decimal: Decimal) -> String {
    let exponent = decimal.point - 1;
    let (whole, fraction) = decimal.shifted(-exponent).rounded(5);
    // 9.999999 is rounded to ten.
    let (whole, exponent) = if whole == "10" { ("1", exponent + 1) } else { (whole.as_str(), exponent) };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}E{sign}{:02}", with_fraction(whole, &fraction), exponent.abs())
}

fn with_fraction(whole: &str, fraction: &str) -> String {
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}
