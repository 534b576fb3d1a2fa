//! The verbatim quote that a citation shows: the sentences of a passage that say what the answer says.

use std::ops::Range;

use super::claim::Claim;
use crate::Evidence;

/// A second sentence is quoted too when it adds at least this share of the claim.
const WORTH_ADDING: f32 = 0.15;

/// Where the best quote stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The page, counted from 1.
    pub(crate) page: u32,
    /// Letter for letter as on the page.
    pub(crate) text: String,
}

/// The sentence of the passage that carries most of the claim, with its neighbour where that carries more.
///
/// `None` only where the passage has no sentences.
pub(crate) fn best_quote(claim: &Claim, evidence: &Evidence) -> Option<Quote> {
    let pieces = evidence.pieces();
    let carried: Vec<f32> = pieces.iter().map(|piece| claim.carried_by(piece.text)).collect();
    let best = (0..pieces.len()).max_by(|a, b| carried[*a].total_cmp(&carried[*b]).then(b.cmp(a)))?;
    let mut quoted = best..best + 1;
    for neighbour in [best.checked_sub(1), Some(best + 1)].into_iter().flatten() {
        let Some(piece) = pieces.get(neighbour).filter(|piece| piece.page == pieces[best].page) else {
            continue;
        };
        let joined = joined(&quoted, neighbour);
        let both = claim.carried_by(&evidence.between(piece.page, range(evidence, &joined)));
        if both >= carried[best] + WORTH_ADDING {
            quoted = joined;
            break;
        }
    }
    let page = pieces[best].page;
    Some(Quote { page, text: evidence.between(page, range(evidence, &quoted)) })
}

fn joined(quoted: &Range<usize>, neighbour: usize) -> Range<usize> {
    quoted.start.min(neighbour)..quoted.end.max(neighbour + 1)
}

/// The bytes of the page from the first piece to the last.
fn range(evidence: &Evidence, pieces: &Range<usize>) -> Range<usize> {
    let all = evidence.pieces();
    all[pieces.start].range.start..all[pieces.end - 1].range.end
}
