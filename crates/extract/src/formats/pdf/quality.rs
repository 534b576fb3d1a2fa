//! How far a page's text can be trusted.

use super::decoder::DecodedPage;

/// Words of languages that part their words are shorter than this on average.
const LONGEST_USUAL_WORD: f32 = 14.0;

/// No language has so many accented letters and signs of the Latin-1 range among its characters.
const MOST_ACCENTED: f32 = 1.0 / 3.0;
/// Fewer characters, or words, show nothing about a language.
const FEWEST_CHARACTERS: usize = 10;
const FEWEST_WORDS: usize = 20;
/// Fewer letters side by side may be initials or signs.
const FEWEST_IN_A_ROW: usize = 4;

/// From 0 to 1, lowered by what damaged text shows: glyphs without a meaning, characters that stand for
/// nothing or come from another encoding, words run together or broken to pieces.
pub(super) fn of(text: &str, decoded: &DecodedPage) -> f32 {
    let glyphs = decoded.glyphs.len();
    if glyphs == 0 {
        return if decoded.failed { 0.0 } else { 1.0 };
    }
    let unmapped = decoded.glyphs.iter().filter(|glyph| glyph.text.is_empty()).count();
    let (mut characters, mut meaningless, mut accented) = (0, 0, 0);
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        characters += 1;
        let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        meaningless += usize::from(private || character == '\u{fffd}');
        accented += usize::from(matches!(character, '\u{a1}'..='\u{ff}' | '\u{2b0}'..='\u{2ff}'));
    }
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    // Bytes of another encoding, or codes of glyphs, taken for Western letters.
    let misread = if characters >= FEWEST_CHARACTERS && share(accented, characters) > MOST_ACCENTED {
        accented
    } else {
        0
    };
    let legible = 1.0 - share(unmapped, glyphs).max(share(meaningless.max(misread), characters));
    let parted = if text.is_ascii() { word_lengths_fit(text) } else { 1.0 };
    let complete = if decoded.failed { 0.5 } else { 1.0 };
    legible * parted * complete
}

/// 1 for usual words, less for words run together or broken into letters.
fn word_lengths_fit(text: &str) -> f32 {
    let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let words: Vec<&str> = text.split_whitespace().filter(is_word).collect();
    if words.len() < FEWEST_WORDS {
        return 1.0;
    }
    let average = words.iter().map(|word| word.len()).sum::<usize>() as f32 / words.len() as f32;
    let run_together = (LONGEST_USUAL_WORD / average).min(1.0);
    let scattered = letters_in_a_row(text) as f32 / words.len() as f32;
    let broken = if scattered > 0.5 { 1.0 - scattered } else { 1.0 };
    run_together * broken
}

/// Letters that stand by themselves with others beside them: not those of a table, a list or a formula.
fn letters_in_a_row(text: &str) -> usize {
    let is_letter = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let cells = text.split(['\n', '\t']).map(|cell| cell.split(' ').collect::<Vec<_>>());
    let in_cell = |cell: &Vec<&str>| {
        let runs = cell.chunk_by(|word, next| is_letter(word) == is_letter(next));
        runs.filter(|run| is_letter(run[0]) && run.len() >= FEWEST_IN_A_ROW).map(<[&str]>::len).sum::<usize>()
    };
    cells.map(|cell| in_cell(&cell)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_broken_words_are_told_from_those_of_tables() {
        let broken = "N o t i c e o f a h e a r i n g o n t h e h a r b o u r";
        assert!(word_lengths_fit(broken) < 0.1);
        let table = "A, B, C = 0.1\tA, B, C = 0.2\n".repeat(20) + &"w\n".repeat(20);
        assert_eq!(word_lengths_fit(&table), 1.0);
    }
}
