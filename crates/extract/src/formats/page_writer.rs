//! Pages put together block by block, for formats whose text lies in parts.

use std::borrow::Cow;
use std::mem;

use super::PageSink;
use crate::{Block, BlockKind, Page, SourceEngine};

/// A page that has grown to this many bytes is ended, so that a window can show it: sheets and books go on over
/// several pages, while slides and letters stay far below.
pub(super) const LONG_PAGE: usize = 256 << 10;

/// Between the cells of a table's row.
const CELL_BREAK: &str = " | ";

/// Ends a page within a text that is handed over: a character that Unicode gives no meaning.
pub(super) const PAGE_END: char = '\u{e00c}';

/// What stands in front of an item of a list without numbers.
pub(super) const BULLET: &str = "\u{2022} ";

/// Writes the pages of one document in reading order.
pub(super) struct PageWriter<'a> {
    sink: PageSink<'a>,
    /// Of the page that is being written.
    number: u32,
    text: String,
    blocks: Vec<Block>,
    quality: f32,
}

impl<'a> PageWriter<'a> {
    pub fn new(sink: PageSink<'a>) -> Self {
        Self { sink, number: 1, text: String::new(), blocks: Vec::new(), quality: 1.0 }
    }

    /// Gives the pages that follow another quality than 1.
    pub fn with_quality(self, quality: f32) -> Self {
        Self { quality, ..self }
    }

    /// The number of the page that the next block comes on.
    pub fn page_number(&self) -> u32 {
        self.number + u32::from(self.is_long())
    }

    /// Whether the page that is being written has no block yet.
    pub fn is_page_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds one block, without the white space at its ends and what no reader sees; nothing where that is all.
    /// Where the text has a [`PAGE_END`], the rest of it comes on the next page; rows and headings stay whole.
    pub fn push(&mut self, kind: BlockKind, text: &str) {
        if !text.contains(PAGE_END) {
            return self.push_whole(kind, text);
        }
        if !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem) {
            self.end_page();
            return self.push_whole(kind, &text.replace(PAGE_END, ""));
        }
        let mut before = String::new();
        for (index, part) in text.split(PAGE_END).enumerate() {
            if index > 0 {
                // A bullet belongs to what it stands in front of.
                if before.contains(char::is_alphanumeric) {
                    self.push_whole(kind, &mem::take(&mut before));
                }
                self.end_page();
            }
            before.push_str(part);
        }
        self.push_whole(kind, &before);
    }

    fn push_whole(&mut self, kind: BlockKind, text: &str) {
        let text = visible(text);
        // The first line of code is indented like the others.
        let text =
            if kind == BlockKind::Code { text.trim_end().trim_start_matches('\n') } else { text.trim() };
        let mut rest = text;
        while rest.len() > LONG_PAGE {
            if !self.is_page_empty() {
                self.end_page();
            }
            let (page, behind) = rest.split_at(end_of_page_in(rest));
            self.push_part(kind, page.trim_end());
            self.end_page();
            rest = behind.trim_start();
        }
        self.push_part(kind, rest);
    }

    fn push_part(&mut self, kind: BlockKind, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.is_long() {
            self.end_page();
        }
        if let Some(last) = self.blocks.last() {
            self.text.push_str(if belong_together(last.kind, kind) { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, range: start..self.text.len() });
    }

    /// Adds one row of a table. Cells may be empty; a row of nothing else is left out.
    pub fn push_row(&mut self, cells: &[impl AsRef<str>], header: bool) {
        let cells: Vec<String> = cells.iter().map(|cell| on_one_line(&visible(cell.as_ref()))).collect();
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        self.push(BlockKind::TableRow { header }, &cells[..filled].join(CELL_BREAK));
    }

    /// Ends a page, one without text included.
    pub fn end_page(&mut self) {
        let page = Page {
            number: self.number,
            label: None,
            text: mem::take(&mut self.text),
            blocks: mem::take(&mut self.blocks),
            words: Vec::new(),
            size: None,
            quality: self.quality,
            source_engine: SourceEngine::Text,
        };
        self.number += 1;
        (self.sink)(page);
    }

    /// Passes on a page of a file that lies in this one. The page before has to be ended.
    pub fn pass_on(&mut self, page: Page) {
        (self.sink)(Page { number: self.number, ..page });
        self.number += 1;
    }

    /// Ends the last page, if there is one.
    pub fn finish(mut self) {
        if !self.is_page_empty() {
            self.end_page();
        }
    }

    /// Gives the sink back to whoever reads the file in another way. Nothing may have been written.
    pub fn into_sink(self) -> PageSink<'a> {
        self.sink
    }

    fn is_long(&self) -> bool {
        self.text.len() >= LONG_PAGE
    }
}

/// Where in a text that is longer than a page the page ends: between words where there are some.
pub(super) fn end_of_page_in(text: &str) -> usize {
    let page = &text[..text.floor_char_boundary(LONG_PAGE)];
    page.rfind(char::is_whitespace).filter(|end| *end > 0).unwrap_or(page.len())
}

/// White space of any kind and length as single spaces, and none at the ends.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rows of a table and items of a list stand in lines below each other.
fn belong_together(last: BlockKind, next: BlockKind) -> bool {
    use BlockKind::{ListItem, TableRow};
    matches!((last, next), (ListItem, ListItem) | (TableRow { .. }, TableRow { header: false }))
}

/// The text without soft hyphens and control characters; line ends stay.
fn visible(text: &str) -> Cow<'_, str> {
    let is_invisible = |character: char| {
        matches!(character, '\u{ad}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
            || (character.is_control() && !matches!(character, '\n' | '\t'))
    };
    if !text.contains(is_invisible) {
        return text.into();
    }
    let text = text.replace("\r\n", "\n");
    let text = text.replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    text.replace(is_invisible, "").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lie_in_the_text_of_their_page() {
        let mut pages = Vec::new();
        let mut sink = |page| pages.push(page);
        let mut writer = PageWriter::new(&mut sink);
        writer.push(BlockKind::Heading { level: 1 }, " Har\u{ad}bour\u{0} ");
        writer.push(BlockKind::Paragraph, "\n");
        writer.push_row(&["Ship", "Tons"], true);
        writer.push_row(&["Anna", "", " 4\n0 ", ""], false);
        writer.push_row(&["", ""], false);
        writer.end_page();
        writer.push(BlockKind::ListItem, "one");
        writer.push(BlockKind::ListItem, "two");
        writer.finish();
        assert_eq!(pages[0].text, "Harbour\n\nShip | Tons\nAnna |  | 4 0");
        assert_eq!(&pages[0].text[pages[0].blocks[2].range.clone()], "Anna |  | 4 0");
        assert_eq!((pages[1].number, pages[1].text.as_str()), (2, "one\ntwo"));
    }

    #[test]
    fn pages_end_where_the_text_says_so() {
        let mut pages = Vec::new();
        let mut sink = |page| pages.push(page);
        let mut writer = PageWriter::new(&mut sink);
        writer.push(BlockKind::Paragraph, "The light \u{e00c}was lit.");
        writer.push(BlockKind::ListItem, "\u{2022} \u{e00c}\u{e00c}tar");
        writer.push_row(&["Anna\u{e00c}", "40\u{e00c}"], false);
        writer.finish();
        let texts: Vec<&str> = pages.iter().map(|page| page.text.as_str()).collect();
        assert_eq!(texts, ["The light", "was lit.", "", "\u{2022} tar", "Anna | 40"]);
    }

    #[test]
    fn a_long_sheet_goes_on_over_several_pages() {
        let mut pages = Vec::new();
        let mut sink = |page| pages.push(page);
        let mut writer = PageWriter::new(&mut sink);
        for row in 0..30_000 {
            writer.push_row(&[row.to_string(), "barrels of tar".into()], row == 0);
        }
        writer.finish();
        assert!(pages.len() > 1 && pages.iter().all(|page| page.text.len() < LONG_PAGE + 100));
        assert_eq!(pages.iter().map(|page| page.blocks.len()).sum::<usize>(), 30_000);
    }

    #[test]
    fn a_text_without_breaks_goes_on_over_several_pages() {
        for text in ["tar and rope ".repeat(50_000), "\u{706f}".repeat(200_000)] {
            let mut pages = Vec::new();
            let mut sink = |page| pages.push(page);
            let mut writer = PageWriter::new(&mut sink);
            writer.push(BlockKind::Paragraph, &text);
            writer.finish();
            assert!(pages.len() > 2 && pages.iter().all(|page| page.text.len() <= LONG_PAGE));
            let words: String = pages.iter().flat_map(|page| page.text.split_whitespace()).collect();
            assert_eq!(words, text.replace(' ', ""));
        }
    }
}
