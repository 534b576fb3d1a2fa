//! The form of a text that lexical search stores and asks for.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Two parts of a word with a hyphen are found written together too, up to this many bytes.
const LONGEST_JOINED: usize = 20;

/// The words of a text as they are searched: small letters without accents and ligatures; digits without grouping
/// ("1,577" is 1577); words with a hyphen in parts and written together, which also heals the hyphens at the ends
/// of lines; pairs of characters for scripts that put no spaces between words.
#[must_use]
pub fn search_terms(text: &str) -> Vec<String> {
    let folded = fold_lightly(&without_digit_grouping(text));
    let mut terms: Vec<String> = Vec::new();
    let mut previous = "";
    let mut gap = "";
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(is_word_character) {
        gap = if previous.is_empty() { gap } else { &rest[..start] };
        let word = &rest[start..];
        let end = word.find(|c: char| !is_word_character(c)).unwrap_or(word.len());
        let word = &word[..end];
        if is_hyphen(gap) && previous.len() + word.len() <= LONGEST_JOINED {
            terms.push(format!("{previous}{word}"));
        }
        let is_ending = matches!(gap, "'" | "’") && matches!(word, "s" | "t");
        if !is_ending {
            push_word(word, &mut terms);
        }
        previous = word;
        rest = &rest[start + end..];
    }
    terms
}

/// A script without spaces gives pairs of characters, which stand for words.
fn push_word(word: &str, terms: &mut Vec<String>) {
    if !word.contains(is_unspaced) {
        terms.push(word.to_owned());
        return;
    }
    let characters: Vec<char> = word.chars().collect();
    if characters.len() == 1 {
        terms.push(word.to_owned());
    }
    terms.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
}

/// A hyphen inside a word, or one at the end of a line.
fn is_hyphen(gap: &str) -> bool {
    let mut characters = gap.chars();
    let hyphen = matches!(characters.next(), Some('-' | '\u{2010}' | '\u{2011}'));
    let rest = characters.as_str();
    hyphen && rest.chars().all(char::is_whitespace) && (rest.is_empty() || rest.contains('\n'))
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// Like [`fold`](crate::fold), but the marks that are vowels (as in Hindi and Thai) stay.
fn fold_lightly(text: &str) -> String {
    let unaccented = text.nfkd().filter(|&c| !is_accent(c) && c != '\u{ad}');
    unaccented.flat_map(char::to_lowercase).nfc().collect()
}

/// The marks over Latin, Greek and Cyrillic letters, and the vowel points of Hebrew and Arabic.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// "1,577" as "1577".
fn without_digit_grouping(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(comma) = rest.find([',', '\u{a0}', '\u{202f}', '\u{2009}']) {
        let (before, after) = rest.split_at(comma);
        joined.push_str(before);
        let separator = after.chars().next().map_or(0, char::len_utf8);
        let group = after[separator..].bytes().take_while(u8::is_ascii_digit).count();
        if !(group == 3 && joined.ends_with(|c: char| c.is_ascii_digit())) {
            joined.push_str(&after[..separator]);
        }
        rest = &after[separator..];
    }
    joined + rest
}

/// Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana and Han.
#[must_use]
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> String {
        search_terms(text).join(" ")
    }

    #[test]
    fn numbers_hyphens_and_ligatures_are_written_one_way() {
        assert_eq!(terms("Revenue of $1,577 (2018), 12,34"), "revenue of 1577 2018 12 34");
        assert_eq!(
            terms("An e-mail on long-term eﬃciency"),
            "an e email mail on long longterm term efficiency"
        );
        assert_eq!(terms("the capi-\ntal of 3M’s 10-K"), "the capi capital tal of 3m 10 10k k");
        assert_eq!(terms("a - b"), "a b");
    }

    #[test]
    fn every_script_keeps_what_tells_its_words_apart() {
        assert_eq!(terms("Ángström naïve"), "angstrom naive");
        assert_eq!(terms("灯台の光"), "灯台 台の の光");
        assert_eq!(terms("हिन्दी की"), "हिन्दी की");
    }

    proptest! {
        #[test]
        fn a_term_is_one_word(text in "\\PC{0,60}") {
            for term in search_terms(&text) {
                prop_assert!(!term.is_empty() && term.chars().all(is_word_character), "{term:?}");
            }
        }
    }
}
