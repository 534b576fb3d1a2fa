//! How many tokens a BERT WordPiece model makes of a text, without its vocabulary.
//!
//! The rates were counted with the vocabulary of all-MiniLM-L6-v2, which is that of bge, over English reports
//! and papers and over articles in twelve languages. WordPiece counts add up over words.

use unicode_segmentation::UnicodeSegmentation;

/// English words whose share tells English from other languages in Latin letters.
const ENGLISH: [&str; 16] =
    ["the", "of", "and", "to", "in", "a", "is", "for", "that", "on", "with", "as", "by", "are", "was", "or"];

/// In an English document at least this share of the words are among [`ENGLISH`]: reports full of tables have a
/// fifth, lists of names in many languages less.
const ENGLISH_SHARE: f64 = 0.18;

/// In a longer stretch of English one of [`ENGLISH`] stands among so many words. A stretch with fewer is a list of
/// names or in another language, whatever the rest of the document is in.
const WORDS_WITH_ONE_ENGLISH: usize = 10;

/// Letters, small and capital, and digits in one word longer than this are a key or an encoded file.
const LONGEST_WORD: usize = 20;

/// The rates for one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenEstimate {
    english: bool,
}

impl TokenEstimate {
    /// Learns the document's language from its pages.
    pub fn of<'a>(pages: impl Iterator<Item = &'a str>) -> Self {
        let (english, words) = english_words(pages.flat_map(str::split_whitespace).take(20_000));
        Self { english: english as f64 >= ENGLISH_SHARE * words as f64 }
    }

    /// The tokens of a text, rather too many than too few.
    #[must_use]
    pub fn count(self, text: &str) -> usize {
        let rates = self.for_stretch(text);
        let hundredths: usize = text.split_word_bounds().map(|word| rates.word(word)).sum();
        hundredths.div_ceil(100)
    }

    /// The rates for one stretch of the document.
    fn for_stretch(self, text: &str) -> Self {
        let (english, words) = english_words(text.split_whitespace());
        Self { english: self.english && english >= words / WORDS_WITH_ONE_ENGLISH }
    }

    /// The longest beginning of `text` that ends with a word and has at most `limit` tokens.
    #[must_use]
    pub fn truncated(self, text: &str, limit: usize) -> &str {
        let rates = self.for_stretch(text);
        let mut hundredths = 0;
        for (offset, word) in text.split_word_bound_indices() {
            hundredths += rates.word(word);
            if hundredths > limit * 100 {
                return text[..offset].trim_end();
            }
        }
        text
    }

    /// The tokens of one word, number or mark in hundredths.
    fn word(self, word: &str) -> usize {
        let (mut letters, mut digits, mut others, mut humps) = (0, 0, 0, 0);
        let mut previous = ' ';
        for character in word.chars().filter(|character| !character.is_whitespace()) {
            match character {
                '0'..='9' => digits += 1,
                'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{ff}' => letters += 1,
                // Letters of fewer languages make shorter pieces.
                '\u{100}'..='\u{24f}' => letters += 2,
                _ => others += 1,
            }
            humps += usize::from(character.is_uppercase() && previous.is_lowercase());
            previous = character;
        }
        if letters + digits > LONGEST_WORD && digits > 0 && humps > 0 {
            return (letters + digits) * 65 + others * 100;
        }
        let joined = humps > 0 || (letters > 2 && word.contains(['_', '.']));
        let letters = if joined { Self::joined_letters(letters) } else { self.letters(letters) };
        letters + Self::digits(digits) + others * 100
    }

    fn letters(self, count: usize) -> usize {
        match (self.english, count) {
            (_, 0) => 0,
            (_, 1..=2) => 100,
            (true, 3..=9) => 115,
            (true, 10..=13) => 150,
            (true, _) => count * 20,
            (false, _) => count * 40,
        }
    }

    /// Names of programs ("get_targets", "mmdet.models", "RoIHead") fall into short pieces.
    fn joined_letters(count: usize) -> usize {
        (count * 30).max(100)
    }

    /// Years and round numbers have tokens of their own, other long numbers fall into pieces of two digits.
    fn digits(count: usize) -> usize {
        match count {
            0 => 0,
            1..=2 => 100,
            3..=4 => 150,
            _ => count * 52,
        }
    }
}

/// How many of the words are among [`ENGLISH`], and how many there are; numbers and marks are none.
fn english_words<'a>(words: impl Iterator<Item = &'a str>) -> (usize, usize) {
    let words = words.map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()));
    let words = words.filter(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
    words.fold((0, 0), |(english, all), word| {
        (english + usize::from(ENGLISH.contains(&word.to_lowercase().as_str())), all + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts beside the texts are those of the real tokenizer.
    #[test]
    fn the_estimate_is_near_the_real_count_and_rather_above_it() {
        let cases = [
            ("The keeper shall record the height of the tide at noon and at midnight of each day.", 18),
            (
                "Total revenue for fiscal year 2018 was $32,765 million, compared with $31,657 million in 2017.",
                25,
            ),
            ("Die Leuchtfeuerverwaltung veröffentlichte ihre Aufzeichnungen über die Gezeitenstände.", 31),
            ("mmdet.models.roi_heads.HybridTaskCascadeRoIHead", 17),
            ("灯台は一八七一年に点灯した。", 14),
        ];
        for (text, real) in cases {
            let estimate = TokenEstimate::of([text].into_iter()).count(text);
            assert!((real..=real + real / 4 + 1).contains(&estimate), "{text}: {estimate}, really {real}");
        }
    }

    #[test]
    fn another_language_inside_an_english_document_is_noticed() {
        let malay = "Anda memberi kuasa kepada Syarikat dan mana-mana penerima lain yang mungkin membantu Syarikat \
                     pada masa kini atau masa depan untuk melaksanakan serta mentadbir pelan ini bagi pihak anda";
        let english = TokenEstimate { english: true };
        assert_eq!(english.count(malay), TokenEstimate { english: false }.count(malay));
    }

    #[test]
    fn truncation_ends_with_a_word_within_the_limit() {
        let estimate = TokenEstimate { english: true };
        assert_eq!(estimate.truncated("one two three four", 3), "one two");
        assert_eq!(estimate.truncated("one two", 10), "one two");
    }
}
