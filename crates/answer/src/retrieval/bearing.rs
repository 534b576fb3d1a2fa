//! Whether passages bear on a question at all.

use libraries::Library;
use library::{Bearing, Passage, WordBearing};
use text::is_stop_word;

use super::params::PARAMS;

/// Whether any of the passages, best first, says enough of the question that a model should be asked.
///
/// # Errors
/// The library cannot be read.
pub(crate) fn bear_on(
    library: &Library,
    question: &str,
    passages: &[Passage],
) -> Result<bool, library::Error> {
    if passages.is_empty() {
        return Ok(false);
    }
    let best = &passages[..passages.len().min(PARAMS.bearing_among)];
    let pages = best
        .iter()
        .flat_map(|passage| (passage.page_first..=passage.page_last).map(|page| (passage.document, page)));
    let bearing = library.bearing(question, &pages.collect::<Vec<_>>())?;
    let is_common = |word: &&WordBearing| word.held_by as f32 > bearing.pages as f32 * PARAMS.common;
    let common = bearing.words.iter().filter(is_common).count();
    Ok(common < PARAMS.least_common || most_said(&bearing, best).is_none_or(|said| said >= PARAMS.least_said))
}

/// The share of the question's words that the passage with the most of them says, each word counted by its rarity.
/// `None` where no word could tell anything.
fn most_said(bearing: &Bearing, passages: &[Passage]) -> Option<f32> {
    let telling: Vec<(&WordBearing, f32)> = bearing
        .words
        .iter()
        .filter(|word| !is_stop_word(&word.word))
        // A word that no page has weighs no more than one of a single page.
        .map(|word| (word, ((bearing.pages + 1) as f32 / (word.held_by.max(1) + 1) as f32).ln()))
        .collect();
    let all: f32 = telling.iter().map(|(_, rarity)| rarity).sum();
    let said = passages.iter().map(|passage| -> f32 {
        telling.iter().filter(|(word, _)| is_said(word, passage)).map(|(_, rarity)| rarity).sum()
    });
    (all > 0.0).then(|| said.fold(0.0, f32::max) / all)
}

/// On one of the passage's pages, or by the name of its document.
fn is_said(word: &WordBearing, passage: &Passage) -> bool {
    word.named.contains(&passage.document)
        || (passage.page_first..=passage.page_last).any(|page| word.pages.contains(&(passage.document, page)))
}
