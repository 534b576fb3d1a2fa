//! All, only and some.

use super::reading::Reading;
use super::source::Window;

/// Words that speak of all, and those that a source has to have for them.
const UNIVERSAL: [&str; 14] = [
    "all",
    "every",
    "each",
    "any",
    "always",
    "everyone",
    "everything",
    "everybody",
    "both",
    "alle",
    "jeder",
    "todos",
    "todas",
    "все",
];
const EXCLUSIVE: [&str; 8] = ["only", "just", "solely", "exclusively", "alone", "nur", "solo", "только"];
const PARTIAL: [&str; 4] = ["some", "few", "several", "certain"];

/// Whether the clause speaks of all or only where the source does not, or of some where the source speaks of all.
pub(super) fn overstates(clause: &Reading, window: Window<'_>) -> bool {
    let claims = |words: &[&str]| clause.words().any(|(_, word)| words.contains(&word.folded.as_str()));
    let says = |words: &[&str]| window.words().any(|(_, word)| words.contains(&word.folded.as_str()));
    (claims(&UNIVERSAL) && !says(&UNIVERSAL))
        || (claims(&EXCLUSIVE) && !says(&EXCLUSIVE))
        || (claims(&PARTIAL) && !says(&PARTIAL) && says(&UNIVERSAL))
}
