//! The numbers and bullets in front of items.

use office_oxide::ir::{List, ListStyle};
use text::{letters, roman};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_as_the_list_says() {
        let list = List { ordered: true, marker_pattern: Some("%1.%2)".into()), ..List::default() };
        assert_eq!(marker(&list, &["2".into(), "b".into()]), "2.b) ");
        assert_eq!(marker(&list, &["2".into()]), "2. ");
        assert_eq!(marker(&List::default(), &["1".into()]), BULLET);
    }
}
