use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Words that end in a full stop without ending a sentence, in lower case and without the stop. Only those that
/// are usually followed by a capital or a number: before a small letter Unicode's rules do not break anyway.
const ABBREVIATIONS: &[&str] = &[
    "al", "apr", "art", "aug", "ave", "ca", "cf", "ch", "co", "corp", "dec", "dept", "dr", "e.g", "ed", "eq",
    "etc", "feb", "fig", "figs", "gen", "i.e", "inc", "jan", "jr", "ltd", "mr", "mrs", "ms", "no", "nos",
    "nov", "oct", "p", "para", "pp", "prof", "sec", "sect", "sep", "sept", "st", "u.s", "vs",
];

/// The sentences of a running text as byte ranges, in order, without the white space around them.
///
/// A line break inside the text is taken for white space: a sentence may run over the lines of a page. Hand over
/// one paragraph, list item or table row at a time.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let unbroken = without_false_ends(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (offset, piece) in unbroken.split_sentence_bound_indices() {
        let end = offset + piece.len();
        if end < unbroken.len() && ends_in_abbreviation(piece) {
            continue;
        }
        push_trimmed(&unbroken, start..end, &mut found);
        start = end;
    }
    push_trimmed(&unbroken, start..unbroken.len(), &mut found);
    found
}

/// The text with spaces for line breaks, at which Unicode ends sentences, and with a sign that ends none for a stop in
/// front of a word, as in ".NET". All have the same length, so that ranges stay true.
fn without_false_ends(text: &str) -> String {
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    let mut unbroken = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let begins_word = characters.peek().is_some_and(|next| next.is_alphanumeric())
            && (previous.is_whitespace() || matches!(previous, '(' | '['));
        unbroken.push(match character {
            '\n' | '\r' => ' ',
            '.' if begins_word => '_',
            _ => character,
        });
        previous = character;
    }
    unbroken
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(body) = sentence.trim_end().strip_suffix('.') else { return false };
    let last = body.rsplit(|c: char| c.is_whitespace() || "([\"'“‘".contains(c)).next().unwrap_or_default();
    is_initial(last) || ABBREVIATIONS.binary_search(&last.to_lowercase().as_str()).is_ok()
}

/// "J." in a name, but not the "I." that ends a sentence.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase() && letter != 'I')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_are_sorted_for_the_search() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn a_sentence_runs_over_the_lines_of_a_page() {
        assert_eq!(
            texts("The lamp was lit\nin 1871. It burned oil\r\nuntil 1932.  "),
            ["The lamp was lit\nin 1871.", "It burned oil\r\nuntil 1932."]
        );
    }

    #[test]
    fn abbreviations_decimals_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            texts("See Fig. 3 of Acme Inc. The cost was $1.5 million. J. S. Bach came on Dec. 3."),
            ["See Fig. 3 of Acme Inc. The cost was $1.5 million.", "J. S. Bach came on Dec. 3."]
        );
    }

    #[test]
    fn a_stop_in_front_of_a_word_ends_no_sentence() {
        let whole = [
            "The office uses C# and .NET for the tide tables.",
            "We use (.NET) and C# for it.",
            ".Net runs on it.",
            "Room 3.14 costs $.75 or .5 per head.",
        ];
        for sentence in whole {
            assert_eq!(texts(sentence), [sentence]);
        }
        assert_eq!(
            texts("We use node.js. The rest is C++. .NET came last."),
            ["We use node.js.", "The rest is C++.", ".NET came last."]
        );
        assert_eq!(texts("She left ... Then it rained."), ["She left ...", "Then it rained."]);
    }

    #[test]
    fn other_scripts_end_their_sentences_in_their_own_way() {
        assert_eq!(
            texts("灯台は1871年に点灯した。今は無人である。"),
            ["灯台は1871年に点灯した。", "今は無人である。"]
        );
        assert_eq!(texts("यह पहला वाक्य है। यह दूसरा है।"), ["यह पहला वाक्य है।", "यह दूसरा है।"]);
    }

    proptest! {
        #[test]
        fn only_white_space_lies_outside_the_sentences(text in "\\PC{0,80}[.!?\n ]\\PC{0,80}") {
            let mut behind = 0;
            for range in sentences(&text) {
                prop_assert!(text[behind..range.start].trim().is_empty());
                prop_assert_eq!(text[range.clone()].trim().len(), range.len());
                behind = range.end;
            }
            prop_assert!(text[behind..].trim().is_empty());
        }
    }
}
