//! The smallest pieces that are never cut: sentences, list items, table rows, lines of code.

use std::ops::Range;
use std::rc::Rc;

use extract::{Block, BlockKind, ExtractedDocument, Page};
use library::PageSpan;
use text::WordPieces;

use super::furniture::Furniture;
use super::header::MAX_HEADER_TOKENS;
use super::headings::{HeadingPath, has_headings};

/// A piece of one page.
pub(super) struct Unit {
    pub(super) page: u32,
    /// Bytes of the page's text.
    pub(super) range: Range<usize>,
    pub(super) tokens: usize,
    pub(super) headings: Rc<[String]>,
    /// What stands above a row of a table: the caption, and the row that names the columns.
    pub(super) table: Option<Rc<str>>,
    pub(super) is_heading: bool,
    pub(super) is_sentence: bool,
    /// Whether the first heading of a section stands here.
    pub(super) starts_section: bool,
}

impl Unit {
    pub(super) fn span(&self) -> PageSpan {
        PageSpan { page: self.page, start: self.range.start, end: self.range.end }
    }
}

/// A longer paragraph in front of a table is no caption.
const MAX_CAPTION_BYTES: usize = 160;

/// More than running text has: English has four to five.
pub(super) const BYTES_PER_TOKEN: usize = 8;

/// All units of a document in reading order, each of at most `max_tokens`, without headers and footers.
pub(super) fn units(document: &ExtractedDocument, furniture: &Furniture, max_tokens: usize) -> Vec<Unit> {
    let use_outline = !has_headings(document);
    let mut collector =
        Collector { units: Vec::new(), path: HeadingPath::new(), table: None, caption: None, max_tokens };
    for page in &document.pages {
        if use_outline {
            for entry in document.outline.iter().filter(|entry| entry.page == page.number) {
                collector.path.enter(entry.level, &entry.title);
            }
        }
        for (index, block) in page.blocks.iter().enumerate() {
            if !furniture.contains(page, index) {
                collector.block(page, block);
            }
        }
    }
    collector.units
}

struct Collector {
    units: Vec<Unit>,
    path: HeadingPath,
    /// What stands above the rows of the table under way.
    table: Option<Rc<str>>,
    /// The block just read, should a table follow.
    caption: Option<Rc<str>>,
    max_tokens: usize,
}

impl Collector {
    fn block(&mut self, page: &Page, block: &Block) {
        let text = &page.text[block.range.clone()];
        if matches!(block.kind, BlockKind::TableRow { .. }) {
            self.table = self.caption.take().or(self.table.take());
        } else {
            self.table = None;
            self.caption = (text.len() <= MAX_CAPTION_BYTES).then(|| Rc::from(one_line(text)));
        }
        match block.kind {
            BlockKind::Heading { level } => {
                self.path.enter(level, text);
                self.piece(page, block.range.clone(), block.kind);
            }
            BlockKind::Paragraph | BlockKind::ListItem => {
                for sentence in text::sentences(text) {
                    self.piece(page, shifted(&sentence, block.range.start), block.kind);
                }
            }
            BlockKind::TableRow { header } => {
                self.piece(page, block.range.clone(), block.kind);
                if header {
                    let above = self.table.iter().map(ToString::to_string);
                    let lines: Vec<String> =
                        above.chain([one_line(beginning(text, MAX_HEADER_TOKENS))]).collect();
                    self.table = Some(Rc::from(lines.join(" ")));
                }
            }
            BlockKind::Code => {
                for line in lines(text) {
                    self.piece(page, shifted(&line, block.range.start), block.kind);
                }
            }
        }
    }

    /// Takes in one piece; one that is too long for a chunk is cut, between words where there are some.
    fn piece(&mut self, page: &Page, mut range: Range<usize>, kind: BlockKind) {
        let is_heading = matches!(kind, BlockKind::Heading { .. });
        let follows_heading = self.units.last().is_some_and(|last| last.is_heading);
        while !range.is_empty() {
            let part = range.start..range.start + self.fitting(&page.text[range.clone()]);
            self.units.push(Unit {
                page: page.number,
                tokens: tokens(&page.text[part.clone()]),
                headings: self.path.current(),
                table: self.table.clone(),
                is_heading,
                is_sentence: matches!(kind, BlockKind::Paragraph | BlockKind::ListItem),
                starts_section: is_heading && !follows_heading,
                range: part.clone(),
            });
            let rest = &page.text[part.end..range.end];
            range = range.end - rest.trim_start().len()..range.end;
        }
    }

    /// How many bytes of a text that is not empty one unit takes.
    fn fitting(&self, text: &str) -> usize {
        let text = beginning(text, self.max_tokens);
        match WordPieces::english().truncated(text, self.max_tokens).len() {
            // No tokenizer makes more tokens of a word than it has bytes.
            0 => text.floor_char_boundary(self.max_tokens),
            length => length,
        }
    }
}

/// To the English models a word of an unknown script, or of more than a hundred letters, is one token: others read it in
/// many.
fn tokens(text: &str) -> usize {
    WordPieces::english().count(text).max(text.len().div_ceil(BYTES_PER_TOKEN))
}

/// The part of a text in which its first tokens lie, so that counting them takes no longer the longer the text is. Ends
/// with a word where there are several.
pub(super) fn beginning(text: &str, tokens: usize) -> &str {
    if text.len() <= tokens * BYTES_PER_TOKEN {
        return text;
    }
    let start = &text[..text.floor_char_boundary(tokens * BYTES_PER_TOKEN)];
    let words = start.trim_end().rfind(char::is_whitespace).map(|end| &start[..end]);
    words.filter(|words| !words.trim().is_empty()).unwrap_or(start)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end().len();
        start += line.len();
        range
    })
}
