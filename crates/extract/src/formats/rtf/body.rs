//! The paragraphs, tables and notes of a text, put together from its pieces.

use std::mem;

use crate::BlockKind;
use crate::formats::page_writer::{BULLET, PageWriter, on_one_line};
use crate::formats::tables::write_table;

pub(super) struct Body<'w, 'a> {
    writer: &'w mut PageWriter<'a>,
    text: String,
    /// The number or bullet in front of the paragraph.
    marker: String,
    /// The texts that open notes stand in, each with the depth of its note.
    around: Vec<(usize, String)>,
    notes: Vec<String>,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
    headers: usize,
}

impl<'w, 'a> Body<'w, 'a> {
    pub fn new(writer: &'w mut PageWriter<'a>) -> Self {
        Self {
            writer,
            text: String::new(),
            marker: String::new(),
            around: Vec::new(),
            notes: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            headers: 0,
        }
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn push_marker(&mut self, text: &str) {
        self.marker.push_str(text);
    }

    /// What is pushed from here on is a note, until the group of this depth ends.
    pub fn begin_note(&mut self, depth: usize) {
        self.around.push((depth, mem::take(&mut self.text)));
    }

    pub fn end_group(&mut self, depth: usize) {
        if self.around.last().is_some_and(|(note, _)| *note == depth)
            && let Some((_, around)) = self.around.pop()
        {
            let note = on_one_line(&mem::replace(&mut self.text, around));
            self.notes.push(format!("[{}] {note}", self.notes.len() + 1));
            self.text.push_str(&format!("[{}]", self.notes.len()));
        }
    }

    /// `level` is that of a heading.
    pub fn end_paragraph(&mut self, level: Option<u8>) {
        self.end_table();
        let text = mem::take(&mut self.text);
        let marker = mem::take(&mut self.marker);
        let kind = match level {
            Some(level) => BlockKind::Heading { level },
            None if marker.trim().is_empty() => BlockKind::Paragraph,
            None => BlockKind::ListItem,
        };
        let text = text.trim();
        if !text.is_empty() {
            self.writer.push(kind, &format!("{}{text}", shown(&marker)));
        }
    }

    pub fn end_cell(&mut self) {
        let marker = mem::take(&mut self.marker);
        let text = mem::take(&mut self.text);
        self.cells.push(format!("{}{text}", shown(&marker)));
    }

    pub fn end_row(&mut self, is_header: bool) {
        if is_header && self.headers == self.rows.len() {
            self.headers += 1;
        }
        self.rows.push(mem::take(&mut self.cells));
    }

    /// Writes what is left, and the notes.
    pub fn finish(mut self) {
        self.end_paragraph(None);
        for note in self.notes {
            self.writer.push(BlockKind::Paragraph, &note);
        }
    }

    fn end_table(&mut self) {
        if !self.cells.is_empty() {
            self.end_row(false);
        }
        let rows = mem::take(&mut self.rows);
        let headers = mem::take(&mut self.headers);
        write_table(self.writer, &rows, (headers > 0).then_some(headers));
    }
}

/// Numbers and letters as they stand; bullets are drawn from all kinds of fonts.
fn shown(marker: &str) -> String {
    let marker = marker.trim();
    if marker.contains(char::is_alphanumeric) {
        format!("{marker} ")
    } else if marker.is_empty() {
        String::new()
    } else {
        BULLET.to_owned()
    }
}
