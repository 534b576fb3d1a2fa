use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// English words that say nothing about the subject of a sentence. Negations are not among them.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing",
    "during", "each", "for", "from", "had", "has", "have", "having", "he", "her", "here", "him", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "me", "more", "most", "my", "of",
    "on", "once", "only", "or", "other", "our", "out", "over", "own", "please", "same", "shall", "she",
    "should", "so", "some", "such", "tell", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "through", "to", "too", "under", "until", "up", "us", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "would", "you", "your",
];

/// The words of a text that say what it is about: folded, without stop words, reduced to their stems. Numbers are
/// not among them (see [`numbers`](fn@crate::numbers)); a script without spaces gives single characters.
#[must_use]
pub fn content_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.unicode_words().filter(|word| word.chars().any(char::is_alphabetic));
    words.filter(|word| !is_stop_word(word)).map(stem).collect()
}

/// Whether a folded word is an English stop word.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// The stem of a folded word by the rules of English; words of other scripts stay as they are.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.is_ascii() {
        Stemmer::create(Algorithm::English).stem(word).into_owned()
    } else {
        word.to_owned()
    }
}

/// Small letters, without accents and ligatures, with straight apostrophes: what a reader takes for the same word
/// is the same text.
#[must_use]
pub fn fold(text: &str) -> String {
    let unaccented = text.nfkd().filter(|c| !is_combining_mark(*c) && *c != '\u{ad}');
    unaccented.flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn content_words_are_stems_without_stop_words_and_numbers() {
        assert_eq!(
            content_words("The keeper’s lamps were repaired in 1871, not replaced."),
            ["keeper", "lamp", "repair", "not", "replac"]
        );
    }

    #[test]
    fn what_reads_the_same_folds_to_the_same() {
        assert_eq!(fold("Eﬃcient CAFÉ"), "efficient cafe");
        assert_eq!(fold("coöpe\u{ad}rate"), "cooperate");
    }

    #[test]
    fn a_script_without_spaces_gives_its_characters() {
        assert_eq!(content_words("灯台"), ["灯", "台"]);
    }
}
