//! Whether passages bear on a question at all.

use library::{Library, Passage};

/// So many of the best passages are looked at; the others say no more of the question than these.
const LOOKED_AT: usize = 12;

/// Where no passage says this share of a question, its words weighed by their rarity, none answers it: the highest share
/// that no answerable question of seven libraries fell below (docs/answers.md).
const LEAST_SAID: f32 = 0.12;

/// A question with fewer common words is likely in another language than the documents: words tell nothing then.
const LEAST_COMMON: usize = 3;

/// Whether any of the passages, best first, says enough of the question that a model should be asked.
///
/// # Errors
/// The library cannot be read.
pub fn bear_on(library: &Library, question: &str, passages: &[Passage]) -> Result<bool, library::Error> {
    if passages.is_empty() {
        return Ok(false);
    }
    let best = passages.iter().take(LOOKED_AT);
    let stretches: Vec<_> =
        best.map(|passage| (passage.document, passage.page_first..=passage.page_last)).collect();
    let bearing = library.bearing(question, &stretches)?;
    Ok(bearing.is_none_or(|bearing| bearing.said >= LEAST_SAID || bearing.common < LEAST_COMMON))
}
