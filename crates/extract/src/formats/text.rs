//! Plain text in any encoding.

use std::mem;
use std::ops::Range;

use super::decoding::{Decoded, decode};
use super::page_writer::{LONG_PAGE, end_of_page_in};
use super::{DocumentInfo, PageSink, Source, blocks};
use crate::{Block, ExtractError, Page, SourceEngine};

pub(super) const EXTENSIONS: &[&str] = &["txt", "text", "log"];

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    write_pages(&decoded, blocks::of_plain_text(&decoded.text), pages);
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// Passes on the pages of a format whose text is the file's own text: one, or several where it is long.
pub(super) fn write_pages(decoded: &Decoded, blocks: Vec<Block>, pages: PageSink) {
    let mut page: Vec<Block> = Vec::new();
    let (mut number, mut start) = (1, 0);
    for block in blocks.into_iter().flat_map(|block| within_pages(&decoded.text, block)) {
        if block.range.end - start > LONG_PAGE && !page.is_empty() {
            pages(page_of(decoded, start..block.range.start, mem::take(&mut page), number));
            (number, start) = (number + 1, block.range.start);
        }
        page.push(block);
    }
    pages(page_of(decoded, start..decoded.text.len(), page, number));
}

/// A block in parts of which none is longer than a page.
fn within_pages(text: &str, block: Block) -> Vec<Block> {
    let mut parts = Vec::new();
    let mut rest = block.range;
    while rest.len() > LONG_PAGE {
        let end = rest.start + end_of_page_in(&text[rest.clone()]);
        parts.push(Block { kind: block.kind, range: blocks::trimmed(text, rest.start..end) });
        rest = blocks::trimmed(text, end..rest.end);
    }
    parts.push(Block { kind: block.kind, range: rest });
    parts
}

/// A stretch of the text, with the blocks that lie in it.
fn page_of(decoded: &Decoded, range: Range<usize>, mut blocks: Vec<Block>, number: u32) -> Page {
    for block in &mut blocks {
        block.range = block.range.start - range.start..block.range.end - range.start;
    }
    Page {
        number,
        label: None,
        text: decoded.text[range].to_owned(),
        blocks,
        words: Vec::new(),
        size: None,
        quality: decoded.quality(),
        source_engine: SourceEngine::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_goes_on_over_several_pages() {
        let log = "12:00 the light burns\n".repeat(30_000);
        let mut pages = Vec::new();
        let source = Source::new(log.as_bytes(), "log");
        read(&source, &mut |page| pages.push(page)).unwrap();
        assert_eq!(pages.len(), 3);
        assert!(pages.iter().all(|page| page.text.len() <= LONG_PAGE + 1 && page.text.ends_with("burns\n")));
        let lines: usize = pages.iter().map(|page| page.text.lines().count()).sum();
        assert_eq!(lines, 30_000);
    }

    #[test]
    fn a_line_without_end_goes_on_over_several_pages() {
        for line in ["barrels of tar ".repeat(50_000), "\u{706f}".repeat(200_000)] {
            let mut pages = Vec::new();
            read(&Source::new(line.as_bytes(), "txt"), &mut |page| pages.push(page)).unwrap();
            assert_eq!(pages.len(), 3);
            assert!(pages.iter().all(|page| page.text.len() <= LONG_PAGE + 1));
            let words: String = pages.iter().flat_map(|page| page.text.split_whitespace()).collect();
            assert_eq!(words, line.replace(' ', ""));
        }
    }
}
