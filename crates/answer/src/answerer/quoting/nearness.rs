//! How near statements are to a question.

use std::collections::{BTreeMap, HashSet};

use models::{Embedder, ModelError};
use text::content_words;

use super::statements::Statement;

/// By the vectors of a model: the mean of the similarities of the statement alone and of the statement under its
/// headings, each from -1 to 1.
pub(super) async fn by_vectors(
    model: &dyn Embedder,
    question: &str,
    statements: &[Statement],
) -> Result<Vec<f32>, ModelError> {
    let asked = model.embed_question(question).await?;
    let alone = statements.iter().map(|statement| statement.text.clone());
    let texts: Vec<String> = alone.chain(statements.iter().map(Statement::in_context)).collect();
    let mut similarities = Vec::with_capacity(texts.len());
    for batch in texts.chunks(model.batch_size()) {
        let vectors = model.embed_passages(batch).await?.into_iter();
        // What has no vector is not near.
        similarities.extend(vectors.map(|vector| vector.map_or(0.0, |vector| dot(&asked, &vector))));
    }
    let (alone, in_context) = similarities.split_at(statements.len());
    Ok(alone.iter().zip(in_context).map(|(alone, in_context)| (alone + in_context) / 2.0).collect())
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// By words: the share of the question's words that the statement has, and half as much for those that only its context
/// has. A word weighs the more, the fewer statements have it.
pub(super) fn by_words(question: &str, statements: &[Statement]) -> Vec<f32> {
    let words = |text: &str| -> HashSet<String> { content_words(text).into_iter().collect() };
    let said: Vec<(HashSet<String>, HashSet<String>)> =
        statements.iter().map(|statement| (words(&statement.text), words(&statement.in_context()))).collect();
    let rarity = |word: &String| {
        let having = said.iter().filter(|(alone, _)| alone.contains(word)).count();
        (1.0 + said.len() as f32 / (1.0 + having as f32)).ln()
    };
    let weights: BTreeMap<String, f32> = words(question)
        .into_iter()
        .map(|word| {
            let weight = rarity(&word);
            (word, weight)
        })
        .collect();
    let all: f32 = weights.values().sum();
    let share = |words: &HashSet<String>| -> f32 {
        weights.iter().filter(|(word, _)| words.contains(*word)).map(|(_, weight)| weight).sum::<f32>()
            / all.max(f32::MIN_POSITIVE)
    };
    said.iter().map(|(alone, in_context)| (share(alone) + share(in_context)) / 2.0).collect()
}
