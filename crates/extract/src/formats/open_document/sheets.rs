//! Spreadsheets: a sheet is a page, its name the heading. Cells hold the text that the program shows.

use roxmltree::Node;

use super::inline::paragraphs_of;
use super::table::rows_of;
use crate::formats::page_writer::PageWriter;
use crate::formats::tables::write_grid;
use crate::formats::xml_tree::{attribute, name};
use crate::{BlockKind, OutlineEntry};

pub(super) fn write(spreadsheet: Node, writer: &mut PageWriter) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    for sheet in spreadsheet.children().filter(|node| name(*node) == "table") {
        let title = attribute(sheet, "name").unwrap_or_default();
        outline.push(OutlineEntry { title: title.to_owned(), level: 1, page: writer.page_number() });
        writer.push(BlockKind::Heading { level: 1 }, title);
        write_grid(writer, &rows_of(sheet).0);
        for comment in sheet.descendants().filter(|node| name(*node) == "annotation") {
            writer.push(BlockKind::Paragraph, &format!("Comment: {}", paragraphs_of(comment)));
        }
        writer.end_page();
    }
    outline
}
