//! Texts that a document keeps beside what its pages show, put below the text of the pages.

use pdf_extract::Document;

use super::layers::Layers;
use super::notes::notes_on;
use super::page_tree::PageEntry;
use super::xfa::{FormLine, form_lines};
use crate::formats::page_writer::on_one_line;
use crate::{Block, BlockKind, ILLEGIBLE, Page};

pub(super) struct Beside {
    /// By page.
    notes: Vec<Vec<String>>,
    /// The lines that no page so far has shown.
    form: Vec<FormLine>,
}

impl Beside {
    pub fn of(document: &Document, layers: &Layers, pages: &[PageEntry]) -> Self {
        let notes = pages.iter().map(|page| notes_on(document, layers, page)).collect();
        Self { notes, form: form_lines(document) }
    }

    /// Adds its notes to a page, and to the last page what no page shows of the form. Pages come in their order.
    pub fn add_to(&mut self, page: &mut Page) {
        let index = page.number as usize - 1;
        let is_last = index + 1 == self.notes.len();
        if self.form.is_empty() && self.notes[index].is_empty() {
            return;
        }
        let shown = on_one_line(&page.text);
        self.form.retain(|line| !line.stands_on(&shown));
        let notes = self.notes[index].iter().filter(|note| !shown.contains(&on_one_line(note)));
        let form = self.form.iter().filter(|_| is_last).map(FormLine::text);
        for text in notes.cloned().chain(form) {
            add(page, &text);
        }
    }
}

fn add(page: &mut Page, text: &str) {
    if page.text.is_empty() {
        // What the page shows is still unread.
        page.quality = page.quality.min(ILLEGIBLE / 2.0);
    } else {
        page.text.push_str("\n\n");
    }
    let start = page.text.len();
    page.text.push_str(text);
    page.blocks.push(Block { kind: BlockKind::Paragraph, range: start..page.text.len() });
}
