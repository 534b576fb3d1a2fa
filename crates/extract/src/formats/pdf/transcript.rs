//! Pages as a vision model has read them.

use std::mem;
use std::ops::Range;

use super::super::blocks;
use crate::{Block, BlockKind, Page, SourceEngine, Transcript};

/// A model does not say how sure it is, and where it errs it writes what looks right: less than any page whose
/// letters are in the file, and legible.
const QUALITY: f32 = 0.8;

/// Between the cells of a row.
const CELLS: &str = " | ";

/// The page with the text of a transcript. Its words have no places.
pub(super) fn page_of(transcript: &Transcript, page: &Page) -> Page {
    Page {
        label: page.label.clone(),
        blocks: blocks_of(&transcript.text),
        text: transcript.text.clone(),
        words: Vec::new(),
        quality: QUALITY,
        source_engine: SourceEngine::VisionModel,
        ..*page
    }
}

/// Paragraphs and list items, and each line with cells as a row; of the rows in line the first one is the header.
fn blocks_of(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    for block in blocks::of_plain_text(text) {
        let mut others: Option<Range<usize>> = None;
        let mut header = true;
        for line in lines_of(text, block.range) {
            if text[line.clone()].contains(CELLS) {
                found.extend(others.take().map(|range| Block { kind: block.kind, range }));
                let header = mem::take(&mut header);
                found.push(Block { kind: BlockKind::TableRow { header }, range: line });
            } else {
                header = true;
                let start = others.map_or(line.start, |range| range.start);
                others = Some(start..line.end);
            }
        }
        found.extend(others.map(|range| Block { kind: block.kind, range }));
    }
    found
}

/// The lines of a stretch without the white space around them; none is empty.
fn lines_of(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range].split_inclusive('\n').filter_map(move |line| {
        let whole = start..start + line.len();
        start = whole.end;
        Some(blocks::trimmed(text, whole)).filter(|line| !line.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_from_paragraphs_and_items() {
        let text = "Light dues\nof the harbour\n\nYear | Dues\n1871 | 40\n1872 | 44\n\n- paid in coin\nTotal\nSum | 84";
        let found: Vec<_> =
            blocks_of(text).into_iter().map(|block| (block.kind, &text[block.range])).collect();
        let row = |header| BlockKind::TableRow { header };
        assert_eq!(
            found,
            [
                (BlockKind::Paragraph, "Light dues\nof the harbour"),
                (row(true), "Year | Dues"),
                (row(false), "1871 | 40"),
                (row(false), "1872 | 44"),
                (BlockKind::ListItem, "- paid in coin\nTotal"),
                (row(true), "Sum | 84"),
            ]
        );
    }
}
