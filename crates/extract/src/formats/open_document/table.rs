//! The rows of a table, in texts, slides and sheets alike.

use roxmltree::Node;

use super::inline::paragraphs_of;
use crate::formats::xml_tree::{attribute, name};

/// Repeated cells and rows with text beyond this are no table any more.
const MOST_REPEATED: usize = 1024;

/// The rows of a table, and how many of them the file calls its header. An empty row stands for any number of them.
pub(super) fn rows_of(table: Node) -> (Vec<Vec<String>>, usize) {
    let mut rows = Vec::new();
    let mut headers = 0;
    collect(table, &mut rows, &mut headers, false);
    (rows, headers)
}

fn collect(node: Node, rows: &mut Vec<Vec<String>>, headers: &mut usize, in_header: bool) {
    for child in node.children() {
        match name(child) {
            "table-header-rows" => collect(child, rows, headers, true),
            "table-rows" | "table-row-group" => collect(child, rows, headers, in_header),
            "table-row" => {
                let cells = cells_of(child);
                let is_empty = cells.is_empty();
                let count = if is_empty { 1 } else { repeated(child, "number-rows-repeated") };
                rows.extend(std::iter::repeat_n(cells, count));
                *headers += if in_header && !is_empty { count } else { 0 };
            }
            _ => {}
        }
    }
}

/// The texts of a row's cells, up to the last that has one.
fn cells_of(row: Node) -> Vec<String> {
    let mut cells = Vec::new();
    let mut empty = 0;
    for cell in row.children().filter(Node::is_element) {
        let count = repeated(cell, "number-columns-repeated");
        let text = if name(cell) == "table-cell" { cell_text(cell) } else { String::new() };
        if text.is_empty() {
            empty = (empty + count).min(MOST_REPEATED);
        } else {
            cells.extend(std::iter::repeat_n(String::new(), empty));
            cells.extend(std::iter::repeat_n(text, count));
            empty = 0;
        }
    }
    cells
}

fn cell_text(cell: Node) -> String {
    let texts = cell.children().filter(|child| name(*child) != "annotation").map(|child| match name(child) {
        "p" | "h" => super::inline::Inline::of(child).text,
        _ => paragraphs_of(child),
    });
    texts.collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn repeated(node: Node, attribute_name: &str) -> usize {
    let count = attribute(node, attribute_name).and_then(|count| count.parse().ok());
    count.unwrap_or(1_usize).min(MOST_REPEATED)
}
