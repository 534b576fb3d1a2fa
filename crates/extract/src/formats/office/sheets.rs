//! Workbooks: a sheet is a page, its name the heading.

use office_oxide::xls::XlsDocument;
use office_oxide::xlsx::{CellRef, Worksheet, XlsxDocument};

use crate::formats::page_writer::PageWriter;
use crate::formats::tables::write_grid;
use crate::{BlockKind, OutlineEntry};

/// Cells farther to the right are not columns of a table any more.
const MOST_COLUMNS: usize = 1024;

pub(super) fn write_xlsx(workbook: &XlsxDocument, writer: &mut PageWriter) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    for sheet in &workbook.worksheets {
        let rows = rows_of_xlsx(workbook, sheet);
        let comments = sheet.comments.iter().map(|comment| (comment.cell_ref.clone(), comment.text.as_str()));
        let texts = sheet
            .text_shapes
            .iter()
            .map(|shape| shape.text.as_str())
            .chain(sheet.chart_text.iter().map(AsRef::as_ref));
        write_sheet(writer, &sheet.name, &rows, texts, comments, &mut outline);
    }
    outline
}

pub(super) fn write_xls(workbook: &XlsDocument, writer: &mut PageWriter) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    for sheet in &workbook.sheets {
        let cell = |row, column| sheet.display_text(row, column).unwrap_or_default().into_owned();
        let rows: Vec<Vec<String>> = (sheet.rows.iter().enumerate())
            .map(|(row, cells)| (0..cells.len().min(MOST_COLUMNS)).map(|column| cell(row, column)).collect())
            .collect();
        let texts = sheet.chart_text.iter().map(String::as_str);
        let comments =
            sheet.comments.iter().map(|comment| (cell_name(comment.row, comment.col), comment.text.as_str()));
        write_sheet(writer, &sheet.name, &rows, texts, comments, &mut outline);
    }
    outline
}

/// As "C7".
fn cell_name(row: u16, column: u16) -> String {
    format!("{}{}", CellRef::col_name(column.into()), u32::from(row) + 1)
}

fn write_sheet<'a>(
    writer: &mut PageWriter,
    name: &str,
    rows: &[Vec<String>],
    texts: impl Iterator<Item = &'a str>,
    comments: impl Iterator<Item = (String, &'a str)>,
    outline: &mut Vec<OutlineEntry>,
) {
    outline.push(OutlineEntry { title: name.to_owned(), level: 1, page: writer.page_number() });
    writer.push(BlockKind::Heading { level: 1 }, name);
    write_grid(writer, rows);
    for text in texts {
        writer.push(BlockKind::Paragraph, text);
    }
    for (cell, text) in comments {
        writer.push(BlockKind::Paragraph, &format!("Comment on {cell}: {text}"));
    }
    writer.end_page();
}

/// The rows as Excel shows them. Rows without cells are left out of the file: one stands for any number of them.
fn rows_of_xlsx(workbook: &XlsxDocument, sheet: &Worksheet) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(sheet.rows.len());
    let mut last_index = None;
    for row in &sheet.rows {
        if last_index.is_some_and(|last: u32| row.index > last + 1) {
            rows.push(Vec::new());
        }
        last_index = Some(row.index);
        let mut cells: Vec<String> = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let column = cell.reference.col as usize;
            if column >= MOST_COLUMNS {
                break;
            }
            let text = workbook.format_cell_value(cell);
            if !text.is_empty() {
                cells.resize(cells.len().max(column + 1), String::new());
                cells[column] = text;
            }
        }
        rows.push(cells);
    }
    rows
}
