//! How far a page's text can be trusted.

use super::decoder::DecodedPage;

/// Words of languages that part their words are shorter than this on average.
const LONGEST_USUAL_WORD: f32 = 14.0;

/// No language has so many accented letters and signs of the Latin-1 range among its characters.
const MOST_ACCENTED: f32 = 1.0 / 3.0;
/// Fewer characters show nothing about a language.
const FEWEST_CHARACTERS: usize = 10;

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
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())).collect();
    if words.len() < 20 {
        return 1.0;
    }
    let average = words.iter().map(|word| word.len()).sum::<usize>() as f32 / words.len() as f32;
    let single = words.iter().filter(|word| word.len() == 1).count() as f32 / words.len() as f32;
    let run_together = (LONGEST_USUAL_WORD / average).min(1.0);
    let broken = if single > 0.5 { 1.0 - single } else { 1.0 };
    run_together * broken
}
