//! The numbers and bullets in front of items.

use office_oxide::ir::{List, ListStyle};

use crate::formats::page_writer::BULLET;

/// What stands in front of an item, as "2.1. " by the pattern "%1.%2.".
pub(super) fn marker(list: &List, counters: &[String]) -> String {
    if !list.ordered {
        return BULLET.to_owned();
    }
    let mut text = list.marker_pattern.clone().unwrap_or_default();
    for (level, counter) in counters.iter().enumerate() {
        text = text.replace(&format!("%{}", level + 1), counter);
    }
    if text.is_empty() || text.contains('%') {
        // Plainly counted, or by the number of a level that the list does not lie in.
        text = format!("{}.", counters.last().map_or("", String::as_str));
    }
    format!("{text} ")
}

/// An item's number as the list counts.
pub(super) fn counter(number: u32, style: Option<&ListStyle>) -> String {
    match style {
        Some(ListStyle::LowerAlpha) => letters(number),
        Some(ListStyle::UpperAlpha) => letters(number).to_uppercase(),
        Some(ListStyle::LowerRoman) => roman(number),
        Some(ListStyle::UpperRoman) => roman(number).to_uppercase(),
        _ => number.to_string(),
    }
}

/// a, b, … z, aa, bb, … as Word counts.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(10) as usize).collect()
}

fn roman(number: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_as_the_list_says() {
        assert_eq!([1, 26, 27].map(letters), ["a", "z", "aa"]);
        assert_eq!([4, 19, 1994].map(roman), ["iv", "xix", "mcmxciv"]);
        let list = List { ordered: true, marker_pattern: Some("%1.%2)".into()), ..List::default() };
        assert_eq!(marker(&list, &["2".into(), "b".into()]), "2.b) ");
        assert_eq!(marker(&list, &["2".into()]), "2. ");
        assert_eq!(marker(&List::default(), &["1".into()]), BULLET);
    }
}
