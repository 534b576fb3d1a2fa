//! Blocks found in text that is laid out by its line breaks.

use std::ops::Range;

use crate::{Block, BlockKind};

/// Text without empty lines, such as a log, is parted at this many bytes.
const LONG_BLOCK: usize = 16 << 10;

/// Paragraphs between empty lines, and list items.
pub(super) fn of_plain_text(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut after_empty_line = true;
    for line in text.split_inclusive('\n') {
        let range = trimmed(text, start..start + line.len());
        start += line.len();
        if range.is_empty() {
            after_empty_line = true;
            continue;
        }
        let is_item = starts_list_item(&text[range.clone()]);
        match blocks.last_mut() {
            Some(block) if !after_empty_line && !is_item && block.range.len() < LONG_BLOCK => {
                block.range.end = range.end;
            }
            _ => {
                let kind = if is_item { BlockKind::ListItem } else { BlockKind::Paragraph };
                blocks.push(Block { kind, range });
            }
        }
        after_empty_line = false;
    }
    blocks
}

/// Stretches of code between empty lines.
pub(super) fn of_code(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut after_empty_line = true;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        match blocks.last_mut() {
            _ if end == start => {}
            Some(block) if !after_empty_line && block.range.len() < LONG_BLOCK => block.range.end = end,
            _ => blocks.push(Block { kind: BlockKind::Code, range: start..end }),
        }
        after_empty_line = end == start;
        start += line.len();
    }
    blocks
}

/// Whether a line begins with a bullet, or with a number or a letter in the way lists are counted.
pub(super) fn starts_list_item(line: &str) -> bool {
    let Some((marker, rest)) = line.trim_start().split_once(char::is_whitespace) else { return false };
    if rest.trim().is_empty() {
        return false;
    }
    if matches!(
        marker,
        "-" | "*"
            | "+"
            | "\u{2022}"
            | "\u{2023}"
            | "\u{25cf}"
            | "\u{25cb}"
            | "\u{25aa}"
            | "\u{25a0}"
            | "\u{2013}"
            | "\u{b7}"
            | "\u{f0b7}"
            | "\u{27a2}"
            | "\u{2713}"
    ) {
        return true;
    }
    let counted = marker.trim_start_matches('(');
    let Some(counter) = counted.strip_suffix([')', '.']) else { return false };
    let digits = counter.len() <= 3 && counter.bytes().all(|byte| byte.is_ascii_digit());
    let letter = counter.len() == 1 && counter.bytes().all(|byte| byte.is_ascii_lowercase());
    let roman = counter.len() <= 4 && counter.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    !counter.is_empty() && (digits || letter || roman)
}

/// The range without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start.max(range.start + inside.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_told_apart() {
        let text = "First line\nof one.\r\n\r\n- an item\n  goes on\n- another\n\n\n  2) counted\nend";
        let found: Vec<_> =
            of_plain_text(text).into_iter().map(|block| (block.kind, &text[block.range])).collect();
        assert_eq!(
            found,
            [
                (BlockKind::Paragraph, "First line\nof one."),
                (BlockKind::ListItem, "- an item\n  goes on"),
                (BlockKind::ListItem, "- another"),
                (BlockKind::ListItem, "2) counted\nend"),
            ]
        );
    }

    #[test]
    fn code_keeps_its_indentation() {
        let text = "\n  if wind > 8 {\n    wait()\n  }\n\n\n  sail()\n";
        let found: Vec<&str> = of_code(text).into_iter().map(|block| &text[block.range]).collect();
        assert_eq!(found, ["  if wind > 8 {\n    wait()\n  }", "  sail()"]);
    }

    #[test]
    fn sentences_are_no_list_items() {
        for line in ["A. Smith wrote this", "1984. was a year", "- ", "word. and more", "12 apples"] {
            assert!(!starts_list_item(line), "{line}");
        }
    }
}
