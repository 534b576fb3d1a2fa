//! A question about an amount is answered by figures: by tables and sums rather than by prose about them.

use std::collections::HashMap;

use libraries::Library;
use library::ChunkId;
use text::{content_words, stem};

use super::fusion::{Part, Parts, best_first};
use super::params::PARAMS;

/// What asks for an amount. In another language only the sign of a currency does.
const AMOUNT_WORDS: [&str; 22] = [
    "amount", "asset", "average", "budget", "cash", "cost", "debt", "dividend", "expense", "growth",
    "income", "margin", "much", "price", "profit", "rate", "ratio", "revenue", "sale", "spend", "spent",
    "tax",
];
const CURRENCIES: [char; 3] = ['$', '€', '£'];

/// Where the question asks for an amount, lifts the chunks that are figures. The order is best first before and
/// after.
///
/// # Errors
/// The library cannot be read.
pub(super) fn prefer_figures(
    library: &Library,
    question: &str,
    fused: &mut [(ChunkId, Parts)],
) -> Result<(), library::Error> {
    if !asks_for_amount(question) {
        return Ok(());
    }
    let best: Vec<ChunkId> = fused.iter().take(PARAMS.figures_among).map(|(chunk, _)| *chunk).collect();
    let passages = library.passages(&best)?;
    let figures: HashMap<ChunkId, f32> =
        passages.into_iter().map(|passage| (passage.chunk, figures(&passage.text))).collect();
    for (chunk, parts) in fused.iter_mut() {
        parts.lift(Part::Amounts, PARAMS.figures * figures.get(chunk).copied().unwrap_or_default());
    }
    best_first(fused);
    Ok(())
}

fn asks_for_amount(question: &str) -> bool {
    let asked = content_words(question);
    question.contains(CURRENCIES) || AMOUNT_WORDS.iter().any(|word| asked.contains(&stem(word)))
}

/// How far a text is figures, from 0 to 1.
fn figures(text: &str) -> f32 {
    let words = || text.split_whitespace();
    let with_digit = words().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    (with_digit as f32 / (words().count() as f32 + PARAMS.figures_words) / PARAMS.all_figures).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_for_an_amount_is_known() {
        for question in ["What were the costs in 2018?", "How much is the rent?", "Who paid more than $500?"]
        {
            assert!(asks_for_amount(question), "{question}");
        }
        for question in ["Who keeps the lighthouse?", "When does the lease end?", "Wie hoch ist die Miete?"] {
            assert!(!asks_for_amount(question), "{question}");
        }
    }

    #[test]
    fn a_table_is_figures_and_prose_is_not() {
        let table = "Rent 1,200 1,250 1,300\nWater 80 85 91\nHeat 210 214 220\n".repeat(5);
        let prose =
            "The rent of 2018 was paid late, as the tenant had not yet found the time to do it.".repeat(5);
        assert!(figures(&table) > 0.9);
        assert!(figures(&prose) < 0.3);
        assert!(figures("1871") < 0.2);
    }
}
