//! Right-to-left scripts: pages hold their glyphs as they show, from left to right; text holds them as they are
//! read.

use super::lines::{Gap, LineWord};

pub(super) fn is_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_of_right_to_left_script)
}

fn is_of_right_to_left_script(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

/// Whether these are letters of scripts with opposite directions: they do not share a word, however close they stand.
pub(super) fn run_against(a: &str, b: &str) -> bool {
    let is_word = |text: &str| text.chars().any(char::is_alphabetic);
    is_right_to_left(a) != is_right_to_left(b) && is_word(a) && is_word(b)
}

/// Puts the words of a line into the order in which they are read. The letters of each word are so already.
pub(super) fn order_words(words: &mut Vec<LineWord>) {
    if words.iter().all(|word| word.text.is_ascii()) {
        return;
    }
    let backwards: Vec<bool> = words.iter().map(|word| is_right_to_left(&word.text)).collect();
    let forwards: Vec<bool> = words
        .iter()
        .zip(&backwards)
        .map(|(word, backwards)| !backwards && word.text.chars().any(char::is_alphanumeric))
        .collect();
    let count = |which: &[bool]| which.iter().filter(|is| **is).count();
    if count(&backwards) == 0 {
        return;
    }
    let mut order: Vec<usize> = (0..words.len()).collect();
    if count(&backwards) >= count(&forwards) {
        order.reverse();
        let forwards: Vec<bool> = order.iter().map(|index| forwards[*index]).collect();
        reverse_runs(&mut order, &forwards);
    } else {
        reverse_runs(&mut order, &backwards);
    }
    *words = order
        .iter()
        .enumerate()
        .map(|(position, index)| {
            let neighbour = position.checked_sub(1).map(|before| order[before]);
            let before = neighbour
                .filter(|neighbour| neighbour.abs_diff(*index) == 1)
                .map_or(Gap::Space, |neighbour| words[neighbour.max(*index)].before);
            LineWord { before, ..words[*index].clone() }
        })
        .collect();
}

/// Reverses each unbroken stretch of members.
fn reverse_runs(order: &mut [usize], members: &[bool]) {
    let mut at = 0;
    while at < order.len() {
        if !members[at] {
            at += 1;
            continue;
        }
        let end = (at..order.len()).take_while(|index| members[*index]).last().unwrap_or(at) + 1;
        order[at..end].reverse();
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;

    fn ordered(visual: &[&str]) -> Vec<String> {
        let bounds = Bounds { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };
        let mut words: Vec<LineWord> = visual
            .iter()
            .map(|text| LineWord { text: (*text).to_owned(), bounds, before: Gap::Space })
            .collect();
        order_words(&mut words);
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn each_script_keeps_its_direction() {
        assert_eq!(ordered(&["Word", "2016", "\u{5d1}", "\u{5d0}"]), ["\u{5d0}", "\u{5d1}", "Word", "2016"]);
        assert_eq!(
            ordered(&["the", "word", "\u{5d1}", "\u{5d0}", "means", "father"]),
            ["the", "word", "\u{5d0}", "\u{5d1}", "means", "father"]
        );
        assert_eq!(ordered(&["left", "to", "right"]), ["left", "to", "right"]);
    }
}
