//! Vectors that cost next to nothing.

use text::{fold, is_stop_word, stem};

/// As many as the embedding model has whose name the loopback endpoint uses.
const DIMENSIONS: usize = 1024;
/// What all groups of three letters of a word weigh together, against the word itself.
const LETTERS: f32 = 0.7;

/// A vector of unit length, near those of texts that share words with this one, or parts of words.
#[must_use]
pub fn word_vector(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0; DIMENSIONS];
    // A text without words points somewhere too.
    vector[0] = 1e-3;
    let mut add = |feature: &str, weight: f32| {
        let hash = hash(feature);
        vector[(hash >> 8) as usize % DIMENSIONS] += if hash >> 63 == 0 { -weight } else { weight };
    };
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty() && !is_stop_word(word)) {
        add(&stem(word), 1.0);
        let letters: Vec<char> = format!("^{word}$").chars().collect();
        let groups = letters.windows(3);
        let weight = LETTERS / (groups.len() as f32).sqrt();
        groups.for_each(|group| add(&group.iter().collect::<String>(), weight));
    }
    let length = vector.iter().map(|number: &f32| number * number).sum::<f32>().sqrt();
    vector.iter().map(|number| number / length).collect()
}

/// FNV-1a, the high bits mixed into the low ones.
fn hash(feature: &str) -> u64 {
    let hash = feature.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash ^ (hash >> 33)
}
