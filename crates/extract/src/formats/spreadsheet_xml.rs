//! Workbooks as Excel 2003 writes them in XML, and many programs as "xls": a sheet is a page, its name the heading.

use roxmltree::Node;

use super::decoding::{decode, decode_declared};
use super::html::declared_encoding;
use super::page_writer::PageWriter;
use super::tables::{fill_merged, write_grid};
use super::xml_tree::{attribute, name, parse, text_of};
use super::{DocumentInfo, PageSink, Source};
use crate::{BlockKind, ExtractError, OutlineEntry};

/// None that is its own: "xml" and "xls" are those of others.
pub(super) const EXTENSIONS: &[&str] = &[];

/// The root stands within the first bytes.
const ROOT_WITHIN: usize = 2048;

/// Empty cells and rows that a file skips; more are no table any more.
const WIDEST_GAP: usize = 256;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = decode(&bytes[..bytes.len().min(ROOT_WITHIN)]).text;
    head.trim_start().starts_with('<')
        && head.contains("Workbook")
        && head.contains("urn:schemas-microsoft-com:office:spreadsheet")
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode_declared(source.bytes, declared_encoding(source.bytes));
    let document = parse(&decoded.text)?;
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let mut outline = Vec::new();
    for sheet in document.descendants().filter(|node| name(*node) == "Worksheet") {
        let title = attribute(sheet, "Name").unwrap_or_default();
        outline.push(OutlineEntry { title: title.to_owned(), level: 1, page: writer.page_number() });
        writer.push(BlockKind::Heading { level: 1 }, title);
        for table in sheet.children().filter(|node| name(*node) == "Table") {
            write_grid(&mut writer, &rows_of(table));
        }
        for comment in sheet.descendants().filter(|node| name(*node) == "Comment") {
            writer.push(BlockKind::Paragraph, &format!("Comment: {}", text_of(comment)));
        }
        writer.end_page();
    }
    Ok(DocumentInfo { outline, warnings: decoded.warnings, ..DocumentInfo::default() })
}

fn rows_of(table: Node) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut merged = Vec::new();
    for row in table.children().filter(|node| name(*node) == "Row") {
        rows.resize(rows.len() + skipped(row, rows.len()), Vec::new());
        let mut texts: Vec<String> = Vec::new();
        for cell in row.children().filter(|node| name(*node) == "Cell") {
            texts.resize(texts.len() + skipped(cell, texts.len()), String::new());
            if let Some(down) = number(cell, "MergeDown") {
                merged.push((rows.len(), rows.len().saturating_add(down), texts.len()));
            }
            texts.push(text(cell));
            let across = number(cell, "MergeAcross").unwrap_or(0).min(WIDEST_GAP);
            texts.resize(texts.len() + across, String::new());
        }
        rows.push(texts);
    }
    fill_merged(&mut rows, &merged);
    rows
}

/// How many rows or cells an element says were left out in front of it, where `count` are there.
fn skipped(element: Node, count: usize) -> usize {
    number(element, "Index").unwrap_or(0).saturating_sub(count + 1).min(WIDEST_GAP)
}

/// A cell's value; times without their part of a second, and days without a time.
fn text(cell: Node) -> String {
    let Some(data) = cell.children().find(|node| name(*node) == "Data") else { return String::new() };
    let text = text_of(data);
    if attribute(data, "Type") != Some("DateTime") {
        return text;
    }
    let time = text.split('.').next().unwrap_or_default().replace('T', " ");
    time.trim_end_matches(" 00:00:00").trim_start_matches("1899-12-31 ").to_owned()
}

/// An attribute that counts.
fn number(node: Node, attribute_name: &str) -> Option<usize> {
    attribute(node, attribute_name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_keep_their_columns() {
        let file = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Prices"><Table>
<Row><Cell><Data ss:Type="String">City</Data></Cell><Cell><Data ss:Type="String">Price</Data></Cell><Cell><Data ss:Type="String">Day</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">Ulm</Data></Cell><Cell><Data ss:Type="Number">21</Data></Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"#;
        assert!(recognises(file.as_bytes()));
        let mut pages = Vec::new();
        read(&Source::new(file.as_bytes(), "xls"), &mut |page| pages.push(page)).unwrap();
        assert_eq!(pages[0].text, "Prices\n\nCity | Price | Day\nUlm | 21\nUlm |  | 2024-03-01");
    }
}
