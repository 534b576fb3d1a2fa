//! Page headers, footers and page numbers: what stands at the edge of page after page.

use std::collections::{HashMap, HashSet};

use extract::{Block, ExtractedDocument, Page};

/// How many blocks at the top and at the bottom of a page are looked at.
const EDGE: usize = 2;

/// A header stands on at least this many pages and on this share of them.
const MIN_PAGES: usize = 3;
const MIN_SHARE: f64 = 0.4;

/// A longer block at the edge of a page is text.
const MAX_BYTES: usize = 200;

/// The blocks that repeat at the edge of the pages.
pub(super) struct Furniture(HashSet<String>);

impl Furniture {
    pub(super) fn of(document: &ExtractedDocument) -> Self {
        let mut pages_with: HashMap<String, usize> = HashMap::new();
        for page in &document.pages {
            let on_page: HashSet<String> = edge(page).filter_map(|block| pattern(page, block)).collect();
            for pattern in on_page {
                *pages_with.entry(pattern).or_default() += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
        let needed = MIN_PAGES.max((document.pages.len() as f64 * MIN_SHARE).ceil() as usize);
        Self(
            pages_with
                .into_iter()
                .filter(|(_, pages)| *pages >= needed)
                .map(|(pattern, _)| pattern)
                .collect(),
        )
    }

    /// Whether the block at `index` of the page is a header, footer or page number.
    pub(super) fn contains(&self, page: &Page, index: usize) -> bool {
        let at_edge = index < EDGE || index + EDGE >= page.blocks.len();
        at_edge && pattern(page, &page.blocks[index]).is_some_and(|pattern| self.0.contains(&pattern))
    }
}

fn edge(page: &Page) -> impl Iterator<Item = &Block> {
    let count = page.blocks.len();
    page.blocks
        .iter()
        .enumerate()
        .filter(move |(index, _)| *index < EDGE || index + EDGE >= count)
        .map(|(_, block)| block)
}

/// The block's text with every number alike, so that "Page 3 of 9" repeats.
fn pattern(page: &Page, block: &Block) -> Option<String> {
    let text = &page.text[block.range.clone()];
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut pattern = String::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        let character = if character.is_ascii_digit() { '0' } else { character };
        if !(character == '0' && pattern.ends_with('0')) {
            pattern.push(character);
        }
    }
    Some(pattern)
}
