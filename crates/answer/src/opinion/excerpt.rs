//! A quote with what stands around it.

use std::ops::Range;

/// The sentences of a passage that hold a quote, with those that reach no further than so many characters before and behind
/// it; the quote alone where the passage does not hold it.
pub(super) fn excerpt(passage: &str, quote: &str, around: usize) -> String {
    let Some(place) = find(passage, quote) else { return quote.to_owned() };
    let before: usize = passage[..place.start].chars().rev().take(around).map(char::len_utf8).sum();
    let behind: usize = passage[place.end..].chars().take(around).map(char::len_utf8).sum();
    let near = place.start - before..place.end + behind;
    let sentences = text::sentences(passage);
    let is_near = |sentence: &&Range<usize>| near.start <= sentence.start && sentence.end <= near.end;
    let start =
        sentences.iter().find(is_near).map_or(place.start, |sentence| sentence.start.min(place.start));
    let end = sentences.iter().rev().find(is_near).map_or(place.end, |sentence| sentence.end.max(place.end));
    passage[start..end].to_owned()
}

/// Where a quote stands in a passage, whatever white space and signs stand between their letters.
fn find(passage: &str, quote: &str) -> Option<Range<usize>> {
    let letters: Vec<(usize, char)> = passage.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let wanted: Vec<char> = quote.chars().filter(|c| c.is_alphanumeric()).collect();
    if wanted.is_empty() {
        return None;
    }
    let found = letters.windows(wanted.len()).find(|window| window.iter().map(|(_, c)| c).eq(&wanted))?;
    let (first, last) = (found.first()?, found.last()?);
    Some(first.0..last.0 + last.1.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str = "The light stands on the mole. It was built of\ngranite. The lamp was lit\nin 1871. It burned oil. A bulb was fitted then.";

    #[test]
    fn whole_sentences_stand_around_a_quote() {
        let quote = "The lamp was lit in 1871.";
        assert_eq!(excerpt(PASSAGE, quote, 300), PASSAGE);
        assert_eq!(
            excerpt(PASSAGE, quote, 30),
            "It was built of\ngranite. The lamp was lit\nin 1871. It burned oil."
        );
        assert_eq!(excerpt(PASSAGE, quote, 0), "The lamp was lit\nin 1871");
    }

    #[test]
    fn a_quote_that_the_passage_does_not_hold_stands_alone() {
        for quote in ["The lamp is green.", "…"] {
            assert_eq!(excerpt(PASSAGE, quote, 300), quote);
        }
    }
}
