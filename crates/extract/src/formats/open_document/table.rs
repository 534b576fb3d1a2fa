//! The rows of a table, in texts, slides and sheets alike.

use roxmltree::Node;

use super::inline::paragraphs_of;
use crate::formats::tables::name_of_rows;
use crate::formats::xml_tree::{attribute, name};

/// Repeated cells and rows with text beyond this are no table any more.
const MOST_REPEATED: usize = 1024;

/// As many columns as the widest sheets have.
const MOST_COLUMNS: usize = 16_384;

/// The rows of a table, and how many of them the file calls its header. An empty row stands for any number of them.
pub(super) fn rows_of(table: Node) -> (Vec<Vec<String>>, usize) {
    let mut rows = Vec::new();
    let mut headers = 0;
    collect(table, &mut rows, &mut headers, &mut Vec::new(), false);
    (rows, headers)
}

/// `above` has for each column the text of the cell that covers rows there, if one does.
fn collect(
    node: Node,
    rows: &mut Vec<Vec<String>>,
    headers: &mut usize,
    above: &mut Vec<String>,
    in_header: bool,
) {
    for child in node.children() {
        match name(child) {
            "table-header-rows" => collect(child, rows, headers, above, true),
            "table-rows" | "table-row-group" => collect(child, rows, headers, above, in_header),
            "table-row" => {
                let cells = cells_of(child, above);
                let is_empty = cells.is_empty();
                let count = if is_empty { 1 } else { repeated(child, "number-rows-repeated") };
                rows.extend(std::iter::repeat_n(cells, count));
                *headers += if in_header && !is_empty { count } else { 0 };
            }
            _ => {}
        }
    }
}

/// The texts of a row's cells, up to the last that has one. A row that says something says what covers it as well.
fn cells_of(row: Node, above: &mut Vec<String>) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let mut covered = Vec::new();
    let mut column = 0;
    // Columns of this row that a cell of it covers.
    let mut own = 0;
    for cell in row.children().filter(Node::is_element) {
        let count = repeated(cell, "number-columns-repeated");
        if name(cell) == "table-cell" {
            let text = cell_text(cell);
            if !text.is_empty() {
                cells.resize(column, String::new());
                cells.extend(std::iter::repeat_n(text.clone(), count));
            }
            let covers_rows = repeated(cell, "number-rows-spanned") > 1;
            own = column + repeated(cell, "number-columns-spanned");
            let end = (column + count).max(own);
            above.resize(above.len().max(end), String::new());
            above[column..end].fill(String::new());
            if covers_rows {
                name_of_rows(&text).clone_into(&mut above[column]);
            }
        } else {
            covered.extend(column.max(own)..column + count);
        }
        column = (column + count).min(MOST_COLUMNS);
    }
    for column in covered {
        if let Some(text) = above.get(column).filter(|text| !text.is_empty() && !cells.is_empty()) {
            cells.resize(cells.len().max(column + 1), String::new());
            cells[column].clone_from(text);
        }
    }
    cells
}

/// The text that the program shows; where none was written down, the value.
fn cell_text(cell: Node) -> String {
    let shown = shown_text(cell);
    if !shown.is_empty() || cell.children().any(|child| matches!(name(child), "p" | "h")) {
        return shown;
    }
    if let Some(time) = attribute(cell, "time-value") {
        // As in "PT09H30M00S".
        return time.trim_start_matches("PT").trim_end_matches('S').replace(['H', 'M'], ":");
    }
    let values = ["string-value", "date-value", "boolean-value", "value"];
    values.into_iter().find_map(|value| attribute(cell, value)).unwrap_or_default().to_owned()
}

fn shown_text(cell: Node) -> String {
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
