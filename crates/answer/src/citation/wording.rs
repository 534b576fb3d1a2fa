//! Whether a sentence says something in the words of its quote.

use library::Wording;
use text::fold;
use unicode_segmentation::UnicodeSegmentation as _;

use super::source::unhyphenated;

/// Of so many words one may be another one, be missing or be added.
const WORDS_A_CHANGE: usize = 8;

pub(super) fn of(sentence: &str, quote: &str, share_a_language: bool) -> Wording {
    let (said, quoted) = (words(sentence), words(&unhyphenated(quote)));
    if is_in_a_row(&said, &quoted) {
        Wording::WordForWord
    } else if changes(&said, &quoted) * WORDS_A_CHANGE <= said.len() {
        Wording::Nearly
    } else if share_a_language {
        Wording::OwnWords
    } else {
        Wording::OtherLanguage
    }
}

fn words(text: &str) -> Vec<String> {
    let letters = |word: &str| fold(word).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    text.unicode_words().map(letters).filter(|word| !word.is_empty()).collect()
}

/// Whether the letters of the said words follow each other in the quote, from the beginning of one of its words to the
/// end of one.
fn is_in_a_row(said: &[String], quoted: &[String]) -> bool {
    let said = said.concat();
    (0..quoted.len()).any(|start| {
        let mut rest = said.as_str();
        for word in &quoted[start..] {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return true,
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        false
    })
}

/// How many words of a sentence have to be changed, taken out or put in until it stands in the quote: the edit distance
/// to the nearest stretch of it.
fn changes(said: &[String], quoted: &[String]) -> usize {
    let mut row = vec![0; quoted.len() + 1];
    for (place, word) in said.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (at, other) in quoted.iter().enumerate() {
            let changed = diagonal + usize::from(word != other);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row.into_iter().min().unwrap_or(said.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTE: &str =
        "The lamp of the old light-\nhouse was lit by its keeper on 3 May 1871, and it burned oil.";

    #[test]
    fn words_in_a_row_are_word_for_word() {
        for sentence in [
            "The lamp of the old lighthouse was lit by its keeper on 3 May 1871.",
            "**it burned oil**",
            "The old light-house was lit by its keeper",
        ] {
            assert_eq!(of(sentence, QUOTE, true), Wording::WordForWord, "{sentence}");
        }
    }

    #[test]
    fn a_word_of_many_may_be_another_one() {
        let sentence = "The lamp of the lighthouse was lit by its keeper on 4 May 1871.";
        assert_eq!(of(sentence, QUOTE, true), Wording::OwnWords, "two changes");
        let sentence = "The lamp of the lighthouse was lit by its keeper on 3 May 1871.";
        assert_eq!(of(sentence, QUOTE, true), Wording::Nearly);
        assert_eq!(of("The lamp burned oil.", QUOTE, true), Wording::OwnWords);
        assert_eq!(of("Die Lampe brannte mit Öl.", QUOTE, false), Wording::OtherLanguage);
    }
}
