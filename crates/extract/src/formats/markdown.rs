//! Markdown. A page's text is the file's own text, marks included, so that quotes stay verbatim.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::decoding::decode;
use super::page_writer::PageWriter;
use super::{DocumentInfo, PageSink, Source, blocks, text};
use crate::{Block, BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd"];

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let Structure { title, blocks, .. } = Structure::of(&decoded.text);
    text::write_pages(&decoded, blocks, pages);
    Ok(DocumentInfo { title, warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// Writes the blocks of Markdown that lies in another file, and gives back its title.
pub(super) fn write(text: &str, writer: &mut PageWriter) -> Option<String> {
    let structure = Structure::of(text);
    for block in structure.blocks {
        writer.push(block.kind, &text[block.range]);
    }
    structure.title
}

/// What the walk over the events has found so far.
#[derive(Default)]
struct Structure {
    title: Option<String>,
    blocks: Vec<Block>,
    /// The list item whose first text has not ended yet: all of it up to an inner list or paragraph break.
    item: Option<Range<usize>>,
    /// The words of a heading that has not ended yet, without the marks around them; back to front before the first.
    heading: Option<Range<usize>>,
    in_metadata: bool,
}

impl Structure {
    fn of(text: &str) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut structure = Self::default();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            structure.take(text, &event, blocks::trimmed(text, range));
        }
        structure
    }

    fn take(&mut self, text: &str, event: &Event, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.end_item();
                self.heading = Some(range.end..range.start);
            }
            Event::End(TagEnd::Heading(level)) => self.end_heading(text, *level),
            Event::Start(Tag::Paragraph) => match &mut self.item {
                Some(item) => {
                    item.end = range.end;
                    self.end_item();
                }
                None => self.push(BlockKind::Paragraph, range),
            },
            Event::Start(Tag::CodeBlock(_)) => {
                self.end_item();
                self.push(BlockKind::Code, range);
            }
            Event::Start(Tag::HtmlBlock) => {
                self.end_item();
                self.push(BlockKind::Paragraph, range);
            }
            Event::Start(Tag::TableHead) => self.push(BlockKind::TableRow { header: true }, range),
            Event::Start(Tag::TableRow) => self.push(BlockKind::TableRow { header: false }, range),
            Event::Start(Tag::Item) => self.item = Some(range.start..range.start),
            Event::Start(Tag::List(_)) | Event::End(TagEnd::Item) => self.end_item(),
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => self.in_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.in_metadata = false,
            Event::Text(metadata) if self.in_metadata => self.title = title_of_metadata(metadata),
            _ => {
                if let Some(item) = &mut self.item {
                    item.end = item.end.max(range.end);
                }
                if let Some(heading) = &mut self.heading {
                    *heading = heading.start.min(range.start)..heading.end.max(range.end);
                }
            }
        }
    }

    fn end_heading(&mut self, text: &str, level: HeadingLevel) {
        let Some(words) = self.heading.take().filter(|words| !words.is_empty()) else { return };
        if level == HeadingLevel::H1 && self.title.is_none() {
            self.title = Some(text[words.clone()].to_owned());
        }
        self.push(BlockKind::Heading { level: level as u8 }, words);
    }

    fn end_item(&mut self) {
        if let Some(item) = self.item.take().filter(|item| !item.is_empty()) {
            self.push(BlockKind::ListItem, item);
        }
    }

    fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        let end_of_last = self.blocks.last().map_or(0, |block| block.range.end);
        if range.start >= end_of_last && !range.is_empty() {
            self.blocks.push(Block { kind, range });
        }
    }
}

fn title_of_metadata(metadata: &str) -> Option<String> {
    let title = metadata.lines().find_map(|line| line.strip_prefix("title:"))?;
    let title = title.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks_of(text: &str) -> Vec<(BlockKind, &str)> {
        Structure::of(text).blocks.into_iter().map(|block| (block.kind, &text[block.range])).collect()
    }

    #[test]
    fn structure_is_found_with_the_text_untouched() {
        let text = "# Water\n\nTwo *kinds*:\n\n- fresh\n- salt\n  - sea\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n\n> quoted\n";
        assert_eq!(
            blocks_of(text),
            [
                (BlockKind::Heading { level: 1 }, "Water"),
                (BlockKind::Paragraph, "Two *kinds*:"),
                (BlockKind::ListItem, "- fresh"),
                (BlockKind::ListItem, "- salt"),
                (BlockKind::ListItem, "- sea"),
                (BlockKind::TableRow { header: true }, "| a | b |"),
                (BlockKind::TableRow { header: false }, "| 1 | 2 |"),
                (BlockKind::Code, "```\nx = 1\n```"),
                (BlockKind::Paragraph, "quoted"),
            ]
        );
    }

    #[test]
    fn headings_are_their_words() {
        assert_eq!(
            blocks_of("#\n\n## C# and F# ##\n\nThe Lake\n========\n\nDeep.\n"),
            [
                (BlockKind::Heading { level: 2 }, "C# and F#"),
                (BlockKind::Heading { level: 1 }, "The Lake"),
                (BlockKind::Paragraph, "Deep."),
            ]
        );
    }

    #[test]
    fn an_item_keeps_its_first_paragraph_and_gives_up_the_others() {
        let text = "1. One\n   line\n\n   More.\n\n2. Two\n";
        assert_eq!(
            blocks_of(text),
            [
                (BlockKind::ListItem, "1. One\n   line"),
                (BlockKind::Paragraph, "More."),
                (BlockKind::ListItem, "2. Two"),
            ]
        );
    }

    #[test]
    fn the_title_comes_from_the_metadata_or_the_first_heading() {
        assert_eq!(
            Structure::of("---\ntitle: \"The Lake\"\n---\n\n# Other\n").title.as_deref(),
            Some("The Lake")
        );
        assert_eq!(Structure::of("Intro\n\n# Main #\n\n# Second\n").title.as_deref(), Some("Main"));
    }
}
