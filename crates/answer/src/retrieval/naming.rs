//! Which documents a question names: by company, year, title or file name.

use std::collections::HashMap;

use library::{DocumentId, Names};

use super::params::PARAMS;

/// How far a question names each document, up to 1; documents that it does not name are left out. A word counts by its
/// rarity among the names of all documents: one that names a single document of many is enough for 1, a word of half of
/// all names hardly counts.
pub(super) fn named(names: &Names) -> HashMap<DocumentId, f32> {
    let all = names.documents as f32 + 1.0;
    let mut scores: HashMap<DocumentId, f32> = HashMap::new();
    for word in &names.words {
        let mut weights: HashMap<DocumentId, f32> =
            word.in_beginning.iter().map(|document| (*document, PARAMS.beginning)).collect();
        weights.extend(word.in_name.iter().map(|document| (*document, 1.0)));
        let rarity = (all / weights.len() as f32).ln();
        for (document, weight) in weights {
            *scores.entry(document).or_default() += weight * rarity;
        }
    }
    // The best document gets 1 where the question says at least as much as one word of one name alone.
    let most = scores.values().copied().fold(all.ln(), f32::max);
    scores.into_iter().map(|(document, score)| (document, score / most)).collect()
}

#[cfg(test)]
mod tests {
    use library::NameWord;

    use super::*;

    #[test]
    fn a_rare_word_of_a_name_counts_most() {
        let documents = |ids: &[i64]| ids.iter().map(|id| DocumentId(*id)).collect();
        let word = |in_name: &[i64], in_beginning: &[i64]| NameWord {
            in_name: documents(in_name),
            in_beginning: documents(in_beginning),
        };
        let named = named(&Names { documents: 9, words: vec![word(&[1], &[]), word(&[1, 2, 3], &[4])] });
        let of = |id| named.get(&DocumentId(id)).copied().unwrap_or_default();
        assert!((of(1) - 1.0).abs() < 1e-6);
        assert!(of(1) > of(2) && of(2) > of(4) && of(4) > 0.0, "{named:?}");
        assert_eq!((of(2) - of(3), of(5)), (0.0, 0.0));
    }
}
