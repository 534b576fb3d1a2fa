//! Page headers, footers and page numbers: what stands word for word at the edge of page after page.

use std::collections::{BTreeSet, HashMap, HashSet};

use extract::{BlockKind, ExtractedDocument, Page};

use super::units::one_line;

/// How many blocks at the top and at the bottom of a page are looked at.
const EDGE: usize = 2;

/// A header stands on at least this many pages and on this share of them.
const MIN_PAGES: usize = 3;
const MIN_SHARE: f64 = 0.4;

/// A longer block at the edge of a page is text.
const MAX_BYTES: usize = 200;

/// A page has at least so many times the text of its edges. Of slips, cards and slides with less, the first and the
/// last line are part of what they say.
const TEXT_TO_EDGES: usize = 10;

/// The blocks that are left out of search, by page and index: page numbers, and each header but the first time.
pub(super) struct Furniture(HashSet<(u32, usize)>);

/// What may be the same at the edges of many pages.
#[derive(PartialEq, Eq, Hash)]
enum Mark {
    Text(String),
    /// Nothing but a number, which is so much more than that of its page.
    Number(i64),
}

impl Furniture {
    pub(super) fn of(document: &ExtractedDocument) -> Self {
        // Pages of text that flows have neither edges nor a size.
        let pages: Vec<&Page> = document.pages.iter().filter(|page| page.size.is_some()).collect();
        let mut repeated: HashMap<Mark, usize> = HashMap::new();
        for page in &pages {
            let on_page: HashSet<Mark> =
                top(page).chain(bottom(page)).flat_map(|index| marks(page, index)).collect();
            for mark in on_page {
                *repeated.entry(mark).or_default() += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
        let needed = MIN_PAGES.max((pages.len() as f64 * MIN_SHARE).ceil() as usize);
        repeated.retain(|_, pages| *pages >= needed);

        let mut left_out = HashSet::new();
        let mut seen = HashSet::new();
        for page in pages {
            for index in edges(page, &repeated) {
                let is_number = marks(page, index)
                    .any(|mark| matches!(mark, Mark::Number(_)) && repeated.contains_key(&mark));
                let is_first = seen.insert(one_line(&page.text[page.blocks[index].range.clone()]));
                if is_number || !is_first {
                    left_out.insert((page.number, index));
                }
            }
        }
        Self(left_out)
    }

    /// Whether the block at `index` of the page is a header, footer or page number.
    pub(super) fn contains(&self, page: &Page, index: usize) -> bool {
        self.0.contains(&(page.number, index))
    }
}

/// The blocks from the top and from the bottom on that repeat; none where they are a good part of the page.
fn edges(page: &Page, repeated: &HashMap<Mark, usize>) -> BTreeSet<usize> {
    let repeats = |index: &usize| marks(page, *index).any(|mark| repeated.contains_key(&mark));
    let edges: BTreeSet<usize> =
        top(page).take_while(repeats).chain(bottom(page).take_while(repeats)).collect();
    let bytes: usize = edges.iter().map(|index| page.blocks[*index].range.len()).sum();
    if bytes * TEXT_TO_EDGES <= page.text.len() { edges } else { BTreeSet::new() }
}

fn top(page: &Page) -> impl Iterator<Item = usize> {
    0..page.blocks.len().min(EDGE)
}

fn bottom(page: &Page) -> impl Iterator<Item = usize> {
    (0..page.blocks.len()).rev().take(EDGE)
}

/// What the block can have in common with those of other pages. A row of a table is no header.
fn marks(page: &Page, index: usize) -> impl Iterator<Item = Mark> {
    let block = &page.blocks[index];
    let text = Some(&page.text[block.range.clone()])
        .filter(|text| text.len() <= MAX_BYTES && !matches!(block.kind, BlockKind::TableRow { .. }));
    let number = text.and_then(|text| text.trim_matches(|c: char| !c.is_alphanumeric()).parse::<i64>().ok());
    let above_page = number.map(|number| Mark::Number(number.saturating_sub(page.number.into())));
    text.map(|text| Mark::Text(one_line(text))).into_iter().chain(above_page)
}
