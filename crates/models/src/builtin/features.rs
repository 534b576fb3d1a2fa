//! A text as weighted, hashed features: what the built-in vectors are made of.

use text::{fold, is_stop_word, is_unspaced, stem};

/// A stop word says little about the subject, but it is not nothing ("the Who").
const STOP_WORD: f32 = 0.1;
/// The weight of two words in a row against that of one.
const BIGRAM: f32 = 0.5;
/// The weight of all character n-grams of a word together against that of the word itself.
const CHARACTERS: f32 = 0.7;
const CHARACTER_N: usize = 3;
/// The weight of one character of a script without spaces, where two in a row stand for a word.
const SINGLE_CHARACTER: f32 = 0.3;
/// How soon a feature that comes up again stops to count: 5 times count 2.8, 10 times 3.6, never more than 5.
const SATURATION: f32 = 4.0;

/// Sets the kinds of feature apart, so that "in" as a word is not "in" as a piece of one.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Bigram,
    Characters,
    SingleCharacter,
    CharacterPair,
}

/// One feature, once.
pub(super) struct Feature {
    /// Evenly spread over all values, the same on every machine.
    pub(super) hash: u64,
    pub(super) weight: f32,
}

/// The features of a text, sorted by hash.
pub(super) fn features(text: &str) -> Vec<Feature> {
    let folded = without_digit_grouping(&fold(text));
    let mut found = Vec::new();
    let mut previous: Option<String> = None;
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.trim_matches('\''))
    {
        if word.is_empty() {
            continue;
        }
        previous = if word.contains(is_unspaced) {
            push_characters(word, &mut found);
            None
        } else if is_stop_word(word) {
            push(Kind::Word, word.chars(), STOP_WORD, &mut found);
            None
        } else {
            let stem = stem(word);
            push_word(word, &stem, &mut found);
            if let Some(previous) = previous {
                push(Kind::Bigram, previous.chars().chain([' ']).chain(stem.chars()), BIGRAM, &mut found);
            }
            Some(stem)
        };
    }
    merge(found)
}

fn push_word(word: &str, stem: &str, found: &mut Vec<Feature>) {
    push(Kind::Word, stem.chars(), 1.0, found);
    if word.contains(char::is_alphabetic) {
        let letters: Vec<char> = ['^'].into_iter().chain(word.chars()).chain(['$']).collect();
        let grams = letters.windows(CHARACTER_N);
        let weight = CHARACTERS / (grams.len().max(1) as f32).sqrt();
        for gram in grams {
            push(Kind::Characters, gram.iter().copied(), weight, found);
        }
    }
}

/// Where no space tells words apart, pairs of characters stand for them.
fn push_characters(run: &str, found: &mut Vec<Feature>) {
    let characters: Vec<char> = run.chars().collect();
    for character in &characters {
        push(Kind::SingleCharacter, [*character].into_iter(), SINGLE_CHARACTER, found);
    }
    for pair in characters.windows(2) {
        push(Kind::CharacterPair, pair.iter().copied(), 1.0, found);
    }
}

fn push(kind: Kind, letters: impl Iterator<Item = char>, weight: f32, found: &mut Vec<Feature>) {
    found.push(Feature { hash: hash(kind, letters), weight });
}

/// Makes one feature of those with the same hash; how often it came up counts ever less.
fn merge(mut found: Vec<Feature>) -> Vec<Feature> {
    found.sort_unstable_by(|a, b| a.hash.cmp(&b.hash).then(b.weight.total_cmp(&a.weight)));
    let merged = found.chunk_by(|a, b| a.hash == b.hash).map(|same| {
        let count = same.len() as f32;
        let weight = same[0].weight * count * (SATURATION + 1.0) / (count + SATURATION);
        Feature { hash: same[0].hash, weight }
    });
    merged.collect()
}

/// "1,577" as "1577".
fn without_digit_grouping(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let groups = letter == ','
            && joined.ends_with(|c: char| c.is_ascii_digit())
            && letters.peek().is_some_and(char::is_ascii_digit);
        if !groups {
            joined.push(letter);
        }
    }
    joined
}

/// FNV-1a over the characters, then the finaliser of `MurmurHash3`, which spreads short keys over all bits.
fn hash(kind: Kind, letters: impl Iterator<Item = char>) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let fnv = |hash: u64, value: u32| (hash ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01b3);
    let mut hash = letters.fold(fnv(start, kind as u32), |hash, letter| fnv(hash, u32::from(letter)));
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
