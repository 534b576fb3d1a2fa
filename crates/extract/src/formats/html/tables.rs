//! Tables of a page: those that hold rows, and those that only put things beside each other.

use dom_query::NodeRef;

use crate::formats::page_writer::PageWriter;
use crate::formats::tables::{Cell, laid_out, write_table};

/// Elements that stand in the cells of a layout and hardly ever in those of a table.
const LAYOUT_ELEMENTS: [&str; 9] = ["table", "h1", "h2", "h3", "form", "hr", "blockquote", "pre", "article"];

/// Whether the table is there for the looks: messages and old pages are made of such.
pub(super) fn lays_out_a_page(table: &NodeRef) -> bool {
    let role = table.attr("role").is_some_and(|role| matches!(role.as_ref(), "presentation" | "none"));
    let columns = rows_of(table).iter().map(|row| cells_of(row).len()).max().unwrap_or(0);
    role || columns < 2
        || table
            .descendants_it()
            .any(|node| node.node_name().is_some_and(|name| LAYOUT_ELEMENTS.contains(&name.as_ref())))
}

/// Writes the rows, and the caption above them.
pub(super) fn write(table: &NodeRef, writer: &mut PageWriter) {
    for caption in table.children_it(false).filter(|child| child.has_name("caption")) {
        writer.push(crate::BlockKind::Paragraph, &caption.text());
    }
    let rows = rows_of(table);
    let headers = rows.iter().take_while(|row| is_header(row)).count();
    let texts = laid_out(rows.iter().map(|row| cells_of(row).iter().map(|cell| laid_cell(cell)).collect()));
    write_table(writer, &texts, (headers > 0).then_some(headers));
}

fn laid_cell(cell: &NodeRef) -> Cell {
    let span = |name: &str| cell.attr(name).and_then(|span| span.trim().parse::<usize>().ok());
    // 0 is all the rows that follow.
    let rows = span("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
    Cell { text: cell_text(cell), columns: span("colspan").unwrap_or(1), rows }
}

fn rows_of<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut rows = Vec::new();
    for child in table.children_it(false) {
        match child.node_name().as_deref() {
            Some("tr") => rows.push(child),
            Some("thead" | "tbody" | "tfoot") => {
                rows.extend(child.children_it(false).filter(|row| row.has_name("tr")));
            }
            _ => {}
        }
    }
    rows
}

fn cells_of<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th")).collect()
}

fn is_header(row: &NodeRef) -> bool {
    let cells = cells_of(row);
    row.parent().is_some_and(|parent| parent.has_name("thead"))
        || (!cells.is_empty() && cells.iter().all(|cell| cell.has_name("th")))
}

/// The text of a cell; a break or the end of a block parts words.
fn cell_text(cell: &NodeRef) -> String {
    let mut text = String::new();
    for node in cell.descendants_it() {
        if node.is_text()
            && !node.parent().is_some_and(|parent| {
                ["script", "style", "rt", "rp"].iter().any(|name| parent.has_name(name))
            })
        {
            text.push_str(&node.text());
        } else if matches!(node.node_name().as_deref(), Some("br" | "p" | "div" | "li")) {
            text.push(' ');
        }
    }
    text
}
