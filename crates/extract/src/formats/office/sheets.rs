//! Workbooks: a sheet is a page, its name the heading.

use std::borrow::Cow;

use office_oxide::xls::{CellValue, Sheet, XlsDocument};
use office_oxide::xlsx::{CellRef, Worksheet, XlsxDocument};

use super::xls_formats::XlsFormats;
use super::xlsx_cells::{XlsxCells, lacks_values, unescaped};
use crate::formats::number_format::general;
use crate::formats::page_writer::PageWriter;
use crate::formats::tables::{fill_merged, write_grid};
use crate::{BlockKind, OutlineEntry, Warning};

/// More empty cells than a sheet of old was wide: what comes behind them is no column of the same table any more.
const WIDEST_GAP: usize = 256;

/// Sheets with formulas that were never computed are named in `warnings`.
pub(super) fn write_xlsx(
    workbook: &XlsxDocument,
    writer: &mut PageWriter,
    warnings: &mut Vec<Warning>,
) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    let cells = XlsxCells::of(workbook);
    for sheet in &workbook.worksheets {
        let lacks_values = lacks_values(sheet);
        let rows = rows_of_xlsx(&cells, sheet, lacks_values);
        if lacks_values {
            warnings.push(Warning::FormulasWithoutValues { sheet: sheet.name.clone() });
        }
        let comments =
            sheet.comments.iter().map(|comment| (comment.cell_ref.clone(), unescaped(&comment.text)));
        let texts = sheet
            .text_shapes
            .iter()
            .map(|shape| shape.text.as_str())
            .chain(sheet.chart_text.iter().map(AsRef::as_ref));
        write_sheet(writer, &sheet.name, &rows, texts, comments, &mut outline);
    }
    outline
}

/// `bytes` are those of the file.
pub(super) fn write_xls(workbook: &XlsDocument, bytes: &[u8], writer: &mut PageWriter) -> Vec<OutlineEntry> {
    let mut outline = Vec::new();
    let formats = XlsFormats::of(bytes);
    for sheet in &workbook.sheets {
        let rows = rows_of_xls(formats.as_ref(), sheet);
        let texts = sheet.chart_text.iter().map(String::as_str);
        let comments = sheet
            .comments
            .iter()
            .map(|comment| (cell_name(comment.row, comment.col), comment.text.as_str().into()));
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
    comments: impl Iterator<Item = (String, Cow<'a, str>)>,
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
fn rows_of_xlsx(cells: &XlsxCells, sheet: &Worksheet, lacks_values: bool) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(sheet.rows.len());
    let mut numbers: Vec<u32> = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        if numbers.last().is_some_and(|last| row.index > last + 1) {
            rows.push(Vec::new());
            numbers.push(row.index - 1);
        }
        let mut texts: Vec<String> = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let mut text = cells.text(cell);
            if let Some(formula) = cell.formula().filter(|_| lacks_values && text.is_empty()) {
                text = format!("={formula}");
            }
            let column = cell.reference.col as usize;
            if text.is_empty() {
                continue;
            }
            if column < texts.len() {
                texts[column] = text;
            } else {
                let gap = column - texts.len();
                texts.resize(texts.len() + if gap > WIDEST_GAP { 1 } else { gap }, String::new());
                texts.push(text);
            }
        }
        rows.push(texts);
        numbers.push(row.index);
    }
    let place = |row: u32| numbers.partition_point(|number| *number <= row);
    let merged = sheet.merged_cells.iter().filter_map(|range| {
        let (first, last) = range.split_once(':')?;
        let (first, last) = (CellRef::parse(first)?, CellRef::parse(last)?);
        Some((place(first.row), place(last.row + 1).checked_sub(1)?, first.col as usize))
    });
    fill_merged(&mut rows, &merged.collect::<Vec<_>>());
    rows
}

fn rows_of_xls(formats: Option<&XlsFormats>, sheet: &Sheet) -> Vec<Vec<String>> {
    let cell = |row: usize, column: usize| {
        let format = |formats: &'_ XlsFormats| Some((formats.epoch, *sheet.xf.get(row)?.get(column)?));
        match (&sheet.rows[row][column], formats.and_then(format)) {
            (CellValue::Number(value), Some((epoch, number))) => formats
                .and_then(|formats| formats.format(number))
                .map_or_else(|| general(*value), |format| format.number(*value, epoch)),
            (_, _) => sheet.display_text(row, column).unwrap_or_default().into_owned(),
        }
    };
    let rows = sheet.rows.iter().enumerate();
    let mut rows: Vec<Vec<String>> =
        rows.map(|(row, cells)| (0..cells.len()).map(|column| cell(row, column)).collect()).collect();
    let merged = sheet.merged_cells.iter().map(|range| (range.0.into(), range.1.into(), range.2.into()));
    fill_merged(&mut rows, &merged.collect::<Vec<_>>());
    rows
}
