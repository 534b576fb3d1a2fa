//! Where one chunk ends and how much of it the next one says again.

use super::units::Unit;
use super::{AIM_TOKENS, MAX_HEADER_TOKENS};

/// A chunk of at least this many tokens ends at a heading rather than running into the next section.
const ENOUGH_AT_HEADING: usize = 128;

/// A chunk of at least this many tokens ends with its page: a citation then points to one page. Only what is hardly
/// more than a title runs on.
const ENOUGH_AT_PAGE_END: usize = 50;

/// More tokens are not counted for even parts: each part would count all those behind it again.
const LONG_STRETCH: usize = 256 * AIM_TOKENS;

/// How much of the end of a chunk is said again at the start of the next one, in whole sentences.
const OVERLAP_TOKENS: usize = 60;

/// How many of the units from the front make one chunk of at most `budget` tokens. Where a page or section needs
/// several, they get about the same length: no chunk is a mere rest.
pub(super) fn cut(units: &[Unit], budget: usize) -> usize {
    let (length, tokens) = stretch(units);
    if tokens <= budget {
        return length;
    }
    let share = tokens.div_ceil(tokens.div_ceil(budget.max(1)));
    let mut taken = 0;
    for (index, unit) in units[..length].iter().enumerate() {
        if index > 0 && (taken >= share || taken + unit.tokens > budget) {
            return before_headings(&units[..index]);
        }
        taken += unit.tokens;
    }
    length
}

/// How many units belong together, by page and section, and their tokens; of a very long stretch its beginning.
fn stretch(units: &[Unit]) -> (usize, usize) {
    let mut tokens = 0;
    for (index, pair) in units.windows(2).enumerate() {
        tokens += pair[0].tokens;
        if tokens > LONG_STRETCH {
            return (index + 1, tokens);
        }
        let page_ends = pair[1].page != pair[0].page && tokens >= ENOUGH_AT_PAGE_END;
        let section_ends = pair[1].starts_section && tokens >= ENOUGH_AT_HEADING;
        if page_ends || section_ends {
            return (index + 1, tokens);
        }
    }
    (units.len(), tokens + units.last().map_or(0, |last| last.tokens))
}

/// A heading belongs to what follows it.
fn before_headings(units: &[Unit]) -> usize {
    let headings = units.iter().rev().take_while(|unit| unit.is_heading).count();
    if headings < units.len() { units.len() - headings } else { units.len() }
}

/// How many units of the chunk just cut the next one begins with: none over a heading or a page.
pub(super) fn overlap(taken: &[Unit], next: &Unit) -> usize {
    if next.starts_section || next.is_heading {
        return 0;
    }
    let room = OVERLAP_TOKENS.min((AIM_TOKENS - MAX_HEADER_TOKENS).saturating_sub(next.tokens));
    let mut tokens = 0;
    let sentences = taken.iter().skip(1).rev().take_while(|unit| {
        tokens += unit.tokens;
        tokens <= room && unit.page == next.page && unit.is_sentence && next.is_sentence
    });
    sentences.count()
}
