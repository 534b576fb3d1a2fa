//! What a cited passage offers: its sentences, and what stands around them.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use text::Language;

use super::reading::Reading;
use crate::Evidence;
use crate::evidence::PieceKind;

/// A passage read once for all sentences that cite it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(super) pieces: Vec<Piece>,
    /// Title, file name and the headings above the passage.
    pub(super) above: Reading,
    /// The pages that the passage stands on, read when something is looked for there.
    pages: OnceLock<Reading>,
    /// From "in millions" on its pages.
    pub(super) scales: Vec<f64>,
    pub(super) language: Language,
}

/// A sentence, list item or table row.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) page: u32,
    /// Bytes of the page's text.
    pub(super) range: Range<usize>,
    pub(super) reading: Reading,
    /// It only names what follows.
    pub(super) is_heading: bool,
    /// It stands by itself: a row, or an item of a list.
    pub(super) is_item: bool,
}

impl Source {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let language = Language::of(evidence.text());
        let pieces = evidence.pieces().into_iter().map(|piece| Piece {
            page: piece.page,
            range: piece.range,
            reading: Reading::of(&unhyphenated(piece.text), language),
            is_heading: piece.kind == PieceKind::Heading,
            is_item: matches!(piece.kind, PieceKind::Row | PieceKind::ListItem),
        });
        Self {
            pieces: pieces.collect(),
            above: Reading::of(&format!("{}\n{}", evidence.titles(), evidence.headings()), language),
            pages: OnceLock::new(),
            scales: scales(evidence.pages()),
            language,
        }
    }

    pub(super) fn pages(&self, evidence: &Evidence) -> &Reading {
        self.pages.get_or_init(|| {
            let text = evidence.pages().collect::<Vec<_>>().join("\n");
            Reading::of(&unhyphenated(&text), self.language)
        })
    }
}

/// A word that a line break cuts in two.
static HYPHENATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\p{L})-\n(\p{L})").expect("the pattern is constant and tested"));

pub(super) fn unhyphenated(text: &str) -> std::borrow::Cow<'_, str> {
    HYPHENATED.replace_all(text, "$1$2")
}

static SCALE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:in|of)\s+|\((?:dollars in |amounts in |u\.s\. )?)(thousand|million|billion)s\b")
        .expect("the pattern is constant and tested")
});

/// What the numbers of these pages count in, where a line says so ("in millions").
fn scales<'a>(pages: impl Iterator<Item = &'a str>) -> Vec<f64> {
    let words = pages.flat_map(|page| SCALE.captures_iter(page)).filter_map(|captures| captures.get(1));
    let mut scales: Vec<f64> = words
        .map(|word| match word.as_str().to_lowercase().as_str() {
            "thousand" => 1e3,
            "million" => 1e6,
            _ => 1e9,
        })
        .collect();
    scales.sort_by(f64::total_cmp);
    scales.dedup();
    scales
}
