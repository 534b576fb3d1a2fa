//! The elements that `office_oxide` finds in texts and slides, as blocks.

use office_oxide::ir::{Element, InlineContent, List, Note, Table, TableCell};

use super::markers::{counter, marker};
use crate::BlockKind;
use crate::formats::blocks::starts_list_item;
use crate::formats::page_writer::PageWriter;
use crate::formats::tables::{Cell, laid_out, write_table};

/// Writes elements; notes are kept back until the text around them is complete.
pub(super) struct ElementWriter<'w, 'a> {
    writer: &'w mut PageWriter<'a>,
    notes: Vec<String>,
}

impl<'w, 'a> ElementWriter<'w, 'a> {
    pub fn new(writer: &'w mut PageWriter<'a>) -> Self {
        Self { writer, notes: Vec::new() }
    }

    pub fn write_all(&mut self, elements: &[Element]) {
        for element in elements {
            self.write(element);
        }
    }

    /// Writes the notes kept back.
    pub fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.writer.push(BlockKind::Paragraph, &note);
        }
    }

    fn write(&mut self, element: &Element) {
        match element {
            Element::Heading(heading) => {
                let kind = BlockKind::Heading { level: heading.clamped_level() };
                self.writer.push(kind, &inline_text(&heading.content).replace('\n', " "));
            }
            Element::Paragraph(paragraph) => {
                let text = inline_text(&paragraph.content);
                let kind = match paragraph.style.as_deref() {
                    Some("Title") => BlockKind::Heading { level: 1 },
                    _ if starts_list_item(&text) => BlockKind::ListItem,
                    _ => BlockKind::Paragraph,
                };
                self.writer.push(kind, &text);
            }
            Element::List(list) => self.write_list(list, &mut Vec::new()),
            Element::Table(table) => self.write_table(table),
            Element::TextBox(text_box) => self.write_all(&text_box.content),
            Element::CodeBlock(code) => self.writer.push(BlockKind::Code, &code.content),
            Element::Footnote(note) | Element::Endnote(note) => self.notes.push(note_text(note)),
            _ => {}
        }
    }

    /// `counters` are the numbers of the items that this list lies in.
    fn write_list(&mut self, list: &List, counters: &mut Vec<String>) {
        let first = list.start_number.unwrap_or(1);
        for (item, number) in list.items.iter().zip(first..) {
            counters.push(counter(number, list.style.as_ref()));
            let text = text_of(&item.content, "\n");
            if !text.trim().is_empty() {
                self.writer.push(BlockKind::ListItem, &format!("{}{text}", marker(list, counters)));
            }
            if let Some(nested) = &item.nested {
                self.write_list(nested, counters);
            }
            counters.pop();
        }
    }

    fn write_table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.writer.push(BlockKind::Paragraph, caption);
        }
        let rows = laid_out(table.rows.iter().map(|row| row.cells.iter().map(laid_cell).collect()));
        // A table of one cell is a frame around text.
        if let [row] = table.rows.as_slice()
            && let [cell] = row.cells.as_slice()
        {
            return self.write_all(&cell.content);
        }
        let headers = table.rows.iter().take_while(|row| row.is_header).count();
        write_table(self.writer, &rows, (headers > 0).then_some(headers));
    }
}

fn laid_cell(cell: &TableCell) -> Cell {
    Cell { text: text_of(&cell.content, " "), columns: cell.col_span as usize, rows: cell.row_span as usize }
}

fn note_text(note: &Note) -> String {
    let text = text_of(&note.content, " ");
    match (&note.author, &note.marker) {
        (Some(author), _) => format!("Comment ({author}): {text}"),
        (None, Some(marker)) if marker.starts_with("Comment") => format!("{marker}: {text}"),
        (None, Some(marker)) => format!("[{marker}] {text}"),
        (None, None) => format!("[{}] {text}", note.id),
    }
}

fn inline_text(content: &[InlineContent]) -> String {
    let mut text = String::new();
    for part in content {
        match part {
            InlineContent::Text(span) => text.push_str(&span.text),
            InlineContent::LineBreak => text.push('\n'),
            InlineContent::FootnoteRef(note) | InlineContent::EndnoteRef(note) => {
                let marker = note.marker.clone().unwrap_or_else(|| note.note_id.to_string());
                text.push_str(&format!("[{marker}]"));
            }
            _ => {}
        }
    }
    text
}

/// All text of elements that stand in one place, such as a cell.
fn text_of(elements: &[Element], between: &str) -> String {
    let texts: Vec<String> =
        elements.iter().map(element_text).filter(|text| !text.trim().is_empty()).collect();
    texts.join(between)
}

fn element_text(element: &Element) -> String {
    match element {
        Element::Heading(heading) => inline_text(&heading.content),
        Element::Paragraph(paragraph) => inline_text(&paragraph.content),
        Element::List(list) => items_text(list),
        Element::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.map(|cell| text_of(&cell.content, " ")).collect::<Vec<_>>().join(" ")
        }
        Element::TextBox(text_box) => text_of(&text_box.content, " "),
        Element::CodeBlock(code) => code.content.clone(),
        Element::Footnote(note) | Element::Endnote(note) => note_text(note),
        _ => String::new(),
    }
}

fn items_text(list: &List) -> String {
    let items = list.items.iter().map(|item| {
        let nested = item.nested.as_ref().map(items_text).unwrap_or_default();
        [text_of(&item.content, " "), nested].join(" ")
    });
    items.collect::<Vec<_>>().join(" ")
}
