//! Presentations: a slide is a page, its notes below it.

use roxmltree::Node;

use super::content::ContentWriter;
use super::inline::paragraphs_of;
use super::styles::Styles;
use crate::formats::page_writer::PageWriter;
use crate::formats::xml_tree::{attribute, name};
use crate::{BlockKind, OutlineEntry};

pub(super) fn write(presentation: Node, styles: &Styles, writer: &mut PageWriter) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    for slide in presentation.children().filter(|node| name(*node) == "page") {
        let page = writer.page_number();
        let mut content = ContentWriter::new(writer, styles);
        let is_title = |shape: &Node| attribute(*shape, "class") == Some("title");
        for title in slide.children().filter(is_title) {
            content.write_heading(title, 1);
            let title = paragraphs_of(title);
            if !title.is_empty() {
                outline.push(OutlineEntry { title, level: 1, page });
            }
        }
        for shape in slide.children().filter(|shape| name(*shape) != "notes" && !is_title(shape)) {
            content.write_children(shape);
        }
        content.write_notes();
        for notes in slide.children().filter(|node| name(*node) == "notes") {
            let text = notes.children().filter(|shape| attribute(*shape, "class") == Some("notes"));
            for shape in text.filter(|shape| !paragraphs_of(*shape).trim().is_empty()) {
                writer.push(BlockKind::Paragraph, "Notes:");
                ContentWriter::new(writer, styles).write_children(shape);
            }
        }
        writer.end_page();
    }
    outline
}
