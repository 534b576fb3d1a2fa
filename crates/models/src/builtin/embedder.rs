use async_trait::async_trait;

use super::features::features;
use crate::{Embedded, Embedder, EmbeddingSpace, ModelError};

/// Rises whenever the same text gives another vector.
const VERSION: u32 = 1;

const DIMENSIONS: usize = 1024;
/// The last component carries no feature, only what a passage lacks to unit length.
const SLACK: usize = DIMENSIONS - 1;
/// Features weigh this much together in a passage of about 150 words; from there on length is no advantage.
const FULL_WEIGHT: f32 = 18.0;

/// Hashed words, word pairs and character n-grams: no network, no training, the same vectors everywhere.
///
/// A vector knows words, not their meaning: inflections and typing errors match, synonyms do not.
#[derive(Debug, Clone)]
pub struct BuiltinEmbedder {
    space: EmbeddingSpace,
}

impl BuiltinEmbedder {
    /// Ready at once.
    #[must_use]
    pub fn new() -> Self {
        let space = EmbeddingSpace {
            model: format!("footnote-builtin-{VERSION}"),
            question_instruction: String::new(),
            passage_instruction: String::new(),
        };
        Self { space }
    }
}

impl Default for BuiltinEmbedder {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Embedder for BuiltinEmbedder {
    fn space(&self) -> &EmbeddingSpace {
        &self.space
    }

    fn batch_size(&self) -> usize {
        64
    }

    fn concurrency(&self) -> usize {
        1
    }

    async fn embed_passages(&self, texts: &[String]) -> Result<Vec<Embedded>, ModelError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for text in texts {
            vectors.push(Ok(embed_passage(text)));
            // A batch takes tens of milliseconds; others on this thread need not wait for all of it.
            tokio::task::yield_now().await;
        }
        Ok(vectors)
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        Ok(embed_question(question))
    }
}

fn embed_question(question: &str) -> Vec<f32> {
    let mut vector = project(question);
    let weight = norm(&vector);
    if weight > 0.0 {
        scale(&mut vector, 1.0 / weight);
    } else {
        vector[SLACK] = 1.0;
    }
    vector
}

/// With plain unit length a heading of three words would beat every paragraph about them. So the features of a
/// short passage get less than unit length (pivoted length normalisation), and the slack component, which no
/// question has, holds the rest.
fn embed_passage(passage: &str) -> Vec<f32> {
    let mut vector = project(passage);
    let weight = norm(&vector);
    let share = (weight / FULL_WEIGHT).min(1.0).sqrt().sqrt();
    if weight > 0.0 {
        scale(&mut vector, share / weight);
    }
    vector[SLACK] = (1.0 - share * share).sqrt();
    vector
}

/// Adds every feature, with the sign its hash gives it, to the component its hash gives it.
fn project(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0; DIMENSIONS];
    for feature in features(text) {
        let component = (feature.hash >> 1) % SLACK as u64;
        let sign = if feature.hash & 1 == 1 { 1.0 } else { -1.0 };
        vector[component as usize] += sign * feature.weight;
    }
    vector
}

fn norm(vector: &[f32]) -> f32 {
    vector.iter().map(|component| component * component).sum::<f32>().sqrt()
}

fn scale(vector: &mut [f32], factor: f32) {
    for component in vector {
        *component *= factor;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn similarity(question: &str, passage: &str) -> f32 {
        let (question, passage) = (embed_question(question), embed_passage(passage));
        question.iter().zip(&passage).map(|(a, b)| a * b).sum()
    }

    fn best<'a>(question: &str, passages: &[&'a str]) -> &'a str {
        let closer = |a: &&&str, b: &&&str| similarity(question, a).total_cmp(&similarity(question, b));
        passages.iter().max_by(closer).unwrap()
    }

    const PASSAGES: [&str; 6] = [
        "The tower was finished in 1861. It is built of granite and stands 19 metres high above the rocks.",
        "Grease the bearing of the lens twice a year, in April and in October, with 40 grams each time.",
        "The appeal ran for one year. Gifts came from 2,914 people and made up a sixth of all the money.",
        "Die Wände trockneten den ganzen Winter, bevor der Verputz aufgetragen wurde.",
        "灯台の光は十七海里先まで届いた。",
        "Lens bearing",
    ];

    #[test]
    fn the_passage_that_answers_is_the_closest() {
        assert_eq!(best("How tall is the granite tower?", &PASSAGES), PASSAGES[0]);
        assert_eq!(best("Who gave gifts to the appeal?", &PASSAGES), PASSAGES[2]);
        assert_eq!(best("How many were the 2914?", &PASSAGES), PASSAGES[2]);
    }

    #[test]
    fn inflections_and_typing_errors_are_close() {
        assert_eq!(best("greasing bearings", &PASSAGES[..4]), PASSAGES[1]);
        assert_eq!(best("lens bearngs", &PASSAGES[..4]), PASSAGES[1]);
        assert_eq!(best("Wann trocknet die Wand, wann der Putz?", &PASSAGES), PASSAGES[3]);
    }

    #[test]
    fn scripts_without_spaces_are_found() {
        assert_eq!(best("灯台の光はどこまで届きますか", &PASSAGES), PASSAGES[4]);
    }

    #[test]
    fn a_bare_heading_is_not_as_close_as_text_with_the_same_words() {
        let heading = "Lens bearing";
        let text = PASSAGES.concat();
        assert!(similarity(heading, heading) + 0.2 < similarity(&text, &text));
    }

    /// Vectors are stored: when this fails, [`VERSION`] has to rise.
    #[test]
    fn the_same_text_gives_the_same_vector_in_every_release() {
        let text = "The keeper’s 2 lamps, once 1,577 candles strong, reached 17 miles. 灯台";
        let bytes: Vec<u8> = embed_passage(text).into_iter().flat_map(f32::to_le_bytes).collect();
        assert_eq!(blake3::hash(&bytes).to_hex()[..16], *"b9c9901beca255ee");
    }

    proptest! {
        #[test]
        fn every_vector_has_unit_length(text in ".{0,200}") {
            for vector in [embed_question(&text), embed_passage(&text)] {
                prop_assert_eq!(vector.len(), DIMENSIONS);
                prop_assert!((norm(&vector) - 1.0).abs() < 1e-5);
            }
        }
    }
}
