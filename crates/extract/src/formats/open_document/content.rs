//! Paragraphs, lists and tables, in texts and in the boxes of slides.

use roxmltree::Node;

use super::inline::Inline;
use super::styles::Styles;
use super::table::rows_of;
use crate::BlockKind;
use crate::formats::page_writer::PageWriter;
use crate::formats::tables::write_table;
use crate::formats::xml_tree::{attribute, name};

/// Writes content; notes are kept back until the text around them is complete.
pub(super) struct ContentWriter<'w, 'a> {
    writer: &'w mut PageWriter<'a>,
    styles: &'w Styles<'w>,
    notes: Vec<String>,
    /// What stands in front of the next paragraph.
    marker: Option<String>,
    /// How deep in lists, and by what style they are counted.
    level: usize,
    list_style: String,
}

impl<'w, 'a> ContentWriter<'w, 'a> {
    pub fn new(writer: &'w mut PageWriter<'a>, styles: &'w Styles<'w>) -> Self {
        Self { writer, styles, notes: Vec::new(), marker: None, level: 0, list_style: String::new() }
    }

    pub fn write_children(&mut self, node: Node) {
        for child in node.children().filter(Node::is_element) {
            self.write(child);
        }
    }

    /// Writes the notes kept back.
    pub fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.writer.push(BlockKind::Paragraph, &note);
        }
    }

    /// Writes all paragraphs below as a heading.
    pub fn write_heading(&mut self, node: Node, level: u8) {
        self.writer.push(BlockKind::Heading { level }, &super::inline::paragraphs_of(node));
    }

    fn write(&mut self, node: Node) {
        match name(node) {
            "h" => {
                let level =
                    attribute(node, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1_u8);
                self.paragraph(node, BlockKind::Heading { level: level.clamp(1, 6) });
            }
            "p" if self.level > 0 => self.paragraph(node, BlockKind::ListItem),
            "p" => {
                let level = self.styles.heading_level(node);
                self.paragraph(
                    node,
                    level.map_or(BlockKind::Paragraph, |level| BlockKind::Heading { level }),
                );
            }
            "list" => self.list(node),
            "table" => self.table(node),
            "tracked-changes" | "forms" | "notes" | "sequence-decls" | "variable-decls"
            | "user-field-decls" | "title" | "desc" | "image" | "event-listeners" => {}
            _ => self.write_children(node),
        }
    }

    fn paragraph(&mut self, node: Node, kind: BlockKind) {
        let inline = Inline::of(node);
        let text = inline.text.trim();
        if !text.is_empty() {
            let marker = self.marker.take().unwrap_or_default();
            self.writer.push(kind, &format!("{marker}{text}"));
        }
        self.notes.extend(inline.notes);
        for part in inline.boxes {
            if name(part) == "table" { self.table(part) } else { self.write_children(part) }
        }
    }

    fn list(&mut self, node: Node) {
        let style_around = self.list_style.clone();
        if let Some(style) = attribute(node, "style-name") {
            self.list_style = style.to_owned();
        }
        self.level += 1;
        let mut number = 0;
        for item in node.children().filter(|item| matches!(name(*item), "list-item" | "list-header")) {
            if name(item) == "list-item" {
                let start = attribute(item, "start-value").and_then(|start| start.parse().ok());
                number = start.unwrap_or(number + 1);
                self.marker = Some(self.styles.marker(&self.list_style, self.level, number));
            }
            self.write_children(item);
            self.marker = None;
        }
        self.level -= 1;
        self.list_style = style_around;
    }

    fn table(&mut self, node: Node) {
        let (rows, headers) = rows_of(node);
        write_table(self.writer, &rows, (headers > 0).then_some(headers));
    }
}
