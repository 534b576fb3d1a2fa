//! How near statements are to a question.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use futures::future::try_join_all;
use library::similarity;
use models::{Embedded, Embedder, ModelError, Urgency};
use text::{content_words, numbers};

use super::statements::Statement;

/// Of each passage so many statements that are near by themselves are looked at under their headings, too: each look
/// takes some ten milliseconds.
const IN_CONTEXT: usize = 4;

/// By the vectors of a model, from -1 to 1: how similar the statement is alone; of those that are nearest so, the mean of
/// that and of how similar it is under its headings.
pub(super) async fn by_vectors(
    model: &dyn Embedder,
    question: &str,
    statements: &[Statement],
) -> Result<Vec<f32>, ModelError> {
    let asked = model.embed_question(question).await?;
    let alone = similarities(model, &asked, statements.iter().map(|said| said.text.clone())).await?;
    let mut nearest: Vec<usize> = (0..statements.len()).collect();
    nearest.sort_by(|&one, &other| alone[other].total_cmp(&alone[one]));
    let mut looked_at: BTreeMap<u32, usize> = BTreeMap::new();
    nearest.retain(|&place| {
        let of_passage = looked_at.entry(statements[place].number).or_default();
        *of_passage += 1;
        *of_passage <= IN_CONTEXT
    });
    let texts = nearest.iter().map(|&place| statements[place].in_context.clone());
    let in_context = similarities(model, &asked, texts).await?;
    let mut nearness = alone;
    for (place, in_context) in nearest.into_iter().zip(in_context) {
        nearness[place] = (nearness[place] + in_context) / 2.0;
    }
    Ok(nearness)
}

async fn similarities(
    model: &dyn Embedder,
    asked: &[f32],
    texts: impl Iterator<Item = String>,
) -> Result<Vec<f32>, ModelError> {
    let texts: Vec<String> = texts.collect();
    let calls = texts.chunks(model.batch_size()).map(|batch| model.embed_passages(batch, Urgency::Question));
    let calls = try_join_all(calls).await?;
    // What has no vector is not near.
    let nearness = |vector: Embedded| vector.map_or(0.0, |vector| similarity(asked, &vector));
    Ok(calls.into_iter().flatten().map(nearness).collect())
}

/// By words: the mean of the shares of the question's words that the statement has, that it has with all it is read under,
/// and that the passage has on its page. A word weighs the more, the fewer statements have it.
pub(super) fn by_words(question: &str, statements: &[Statement]) -> Vec<f32> {
    let words = |text: &str| -> HashSet<String> {
        let numbers = numbers(text).into_iter().map(|number| number.value.to_string());
        content_words(text).into_iter().chain(numbers).collect()
    };
    let said: Vec<(HashSet<String>, HashSet<String>)> =
        statements.iter().map(|statement| (words(&statement.text), words(&statement.in_context))).collect();
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
    let mut pages: BTreeMap<Arc<str>, f32> = BTreeMap::new();
    let shares = |(statement, (alone, in_context)): (&Statement, &(HashSet<String>, HashSet<String>))| {
        let page = pages.entry(Arc::clone(&statement.page)).or_insert_with(|| share(&words(&statement.page)));
        (share(alone) + share(in_context) + *page) / 3.0
    };
    statements.iter().zip(&said).map(shares).collect()
}
