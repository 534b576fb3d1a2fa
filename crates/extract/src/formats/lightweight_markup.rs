//! AsciiDoc, reStructuredText and Org. As with Markdown, a page's text is the file's own text, marks included.

use super::decoding::decode;
use super::{DocumentInfo, PageSink, Source, blocks, text};
use crate::{Block, BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["adoc", "asciidoc", "asc", "rst", "rest", "org"];

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let text = &decoded.text;
    let mut underlines = Vec::new();
    let blocks: Vec<Block> = blocks::of_plain_text(text)
        .into_iter()
        .flat_map(|block| with_headings(text, block, source.extension, &mut underlines))
        .collect();
    let title = blocks.iter().find_map(|block| match block.kind {
        BlockKind::Heading { level: 1 } => Some(words_of(&text[block.range.clone()])),
        _ => None,
    });
    text::write_pages(&decoded, blocks, pages);
    Ok(DocumentInfo { title, warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// A block whose first lines are a heading, as the heading and the rest.
fn with_headings(text: &str, block: Block, extension: &str, underlines: &mut Vec<char>) -> Vec<Block> {
    let inside = &text[block.range.clone()];
    let Some((level, length)) = heading(inside, extension, underlines) else { return vec![block] };
    let end = block.range.start + length;
    let rest = blocks::trimmed(text, end..block.range.end);
    let heading =
        Block { kind: BlockKind::Heading { level }, range: blocks::trimmed(text, block.range.start..end) };
    let rest = blocks::of_plain_text(&text[rest.clone()])
        .into_iter()
        .map(|block| Block { range: block.range.start + rest.start..block.range.end + rest.start, ..block });
    std::iter::once(heading).chain(rest).collect()
}

/// The level of the heading that a block begins with, and its length in bytes.
fn heading(block: &str, extension: &str, underlines: &mut Vec<char>) -> Option<(u8, usize)> {
    let first = block.split_inclusive('\n').next()?;
    let mark = match extension {
        "rst" | "rest" => return underlined(block, underlines),
        "org" => '*',
        _ => '=',
    };
    let level = first.chars().take_while(|character| *character == mark).count();
    let has_words = first[level..].starts_with(' ') && !first[level..].trim().is_empty();
    (level > 0 && has_words).then_some(((level.min(6)) as u8, first.len()))
}

/// reStructuredText underlines its headings; levels come in the order in which the lines are first used.
fn underlined(block: &str, underlines: &mut Vec<char>) -> Option<(u8, usize)> {
    let mut lines = block.split_inclusive('\n');
    let mut words = lines.next()?;
    let mut length = words.len();
    if line_of(words).is_some() {
        words = lines.next()?;
        length += words.len();
    }
    let line = lines.next()?;
    length += line.len();
    let mark = line_of(line).filter(|_| line.trim_end().chars().count() >= words.trim().chars().count())?;
    let level = underlines.iter().position(|known| *known == mark).unwrap_or_else(|| {
        underlines.push(mark);
        underlines.len() - 1
    });
    Some(((level + 1).min(6) as u8, length))
}

/// The character that a line consists of.
fn line_of(line: &str) -> Option<char> {
    let line = line.trim_end();
    let first = line.chars().next()?;
    (line.len() >= 2 && first.is_ascii_punctuation() && line.chars().all(|character| character == first))
        .then_some(first)
}

/// A heading without its marks.
fn words_of(heading: &str) -> String {
    let line = heading.lines().find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or_default();
    line.trim_start_matches(['=', '*', ' ']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(extension: &str, text: &str) -> (Option<String>, Vec<(BlockKind, String)>) {
        let mut pages = Vec::new();
        let source = Source::new(text.as_bytes(), extension);
        let info = read(&source, &mut |page| pages.push(page)).unwrap();
        let blocks =
            pages[0].blocks.iter().map(|block| (block.kind, pages[0].text[block.range.clone()].to_owned()));
        (info.title, blocks.collect())
    }

    #[test]
    fn headings_are_found_by_their_marks() {
        let (title, blocks) = read_as("adoc", "= Harbour\nAt the sea\n\n== Ships\n\n* Anna\n");
        assert_eq!(title.as_deref(), Some("Harbour"));
        let kinds: Vec<BlockKind> = blocks.iter().map(|(kind, _)| *kind).collect();
        use BlockKind::{Heading, ListItem, Paragraph};
        assert_eq!(kinds, [Heading { level: 1 }, Paragraph, Heading { level: 2 }, ListItem]);
    }

    #[test]
    fn underlined_headings_are_found() {
        let text = "=======\nHarbour\n=======\n\nText.\n\nShips\n-----\nAnna\n";
        let (title, blocks) = read_as("rst", text);
        assert_eq!(title.as_deref(), Some("Harbour"));
        assert_eq!(blocks[2], (BlockKind::Heading { level: 2 }, "Ships\n-----".into()));
        assert_eq!(blocks[3].1, "Anna");
    }
}
