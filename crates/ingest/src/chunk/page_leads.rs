//! What the pages begin with: short lines that name what the page shows ("Consolidated balance sheets").

use std::collections::HashMap;

use extract::{Block, BlockKind, ExtractedDocument, Page};

use super::furniture::Furniture;
use super::units::one_line;

/// A longer block, or one with a longer line, is text.
const MAX_BYTES: usize = 200;
const MAX_LINE_CHARACTERS: usize = 80;

/// How many blocks a lead may take up.
const MAX_BLOCKS: usize = 2;

/// The leads of a document's pages.
pub(super) struct PageLeads(HashMap<u32, Lead>);

struct Lead {
    text: String,
    /// Behind its last byte in the page's text.
    end: usize,
}

impl PageLeads {
    pub(super) fn of(document: &ExtractedDocument, furniture: &Furniture) -> Self {
        let leads = document.pages.iter().filter_map(|page| Some((page.number, lead(page, furniture)?)));
        Self(leads.collect())
    }

    /// The lead of a page for what begins at `start`, behind the lead.
    pub(super) fn above(&self, page: u32, start: usize) -> Option<&str> {
        self.0.get(&page).filter(|lead| lead.end <= start).map(|lead| lead.text.as_str())
    }
}

fn lead(page: &Page, furniture: &Furniture) -> Option<Lead> {
    let blocks = page.blocks.iter().enumerate();
    let own = blocks.filter(|(index, _)| !furniture.contains(page, *index)).map(|(_, block)| block);
    let lead: Vec<&Block> = own.take(MAX_BLOCKS).take_while(|block| is_short(page, block)).collect();
    let end = lead.last()?.range.end;
    Some(Lead { text: one_line(&page.text[lead[0].range.start..end]), end })
}

fn is_short(page: &Page, block: &Block) -> bool {
    let text = page.text[block.range.clone()].trim_end();
    matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Paragraph)
        && text.len() <= MAX_BYTES
        && text.lines().all(|line| line.chars().count() <= MAX_LINE_CHARACTERS)
        && !text.ends_with(['.', ',', ';', '。'])
}
