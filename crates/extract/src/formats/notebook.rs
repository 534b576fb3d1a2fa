//! Jupyter notebooks: text and code in turn, with what the code printed.

use serde::Deserialize;
use serde_json::Value;

use super::decoding::decode;
use super::page_writer::PageWriter;
use super::{DocumentInfo, PageSink, Source, markdown};
use crate::{BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["ipynb"];

/// As version 4 of the format has it; version 3 has worksheets with cells in them.
#[derive(Deserialize)]
struct Notebook {
    #[serde(default)]
    cells: Vec<Cell>,
    #[serde(default)]
    worksheets: Vec<Worksheet>,
}

#[derive(Deserialize)]
struct Worksheet {
    #[serde(default)]
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    cell_type: String,
    /// `input` is its name in version 3.
    #[serde(default, alias = "input")]
    source: Value,
    #[serde(default)]
    outputs: Vec<Value>,
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let notebook: Notebook = serde_json::from_str(&decoded.text).map_err(ExtractError::damaged)?;
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let mut title = None;
    let cells = notebook.worksheets.into_iter().flat_map(|sheet| sheet.cells).chain(notebook.cells);
    for cell in cells {
        let source = lines(&cell.source);
        match cell.cell_type.as_str() {
            "markdown" | "heading" => {
                let found = markdown::write(&source, &mut writer);
                title = title.or(found);
            }
            "code" => {
                writer.push(BlockKind::Code, &source);
                for output in &cell.outputs {
                    writer.push(BlockKind::Code, &printed(output));
                }
            }
            _ => writer.push(BlockKind::Paragraph, &source),
        }
    }
    writer.finish();
    Ok(DocumentInfo { title, warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// Text is written as a string, or as a list of lines with their ends.
fn lines(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

/// What an output shows as text: what was printed, a value, or an error.
fn printed(output: &Value) -> String {
    let error = output["evalue"]
        .as_str()
        .map(|value| format!("{}: {value}", output["ename"].as_str().unwrap_or("Error")));
    error.unwrap_or_else(|| {
        let places = [&output["text"], &output["data"]["text/plain"]];
        places.into_iter().map(lines).find(|text| !text.is_empty()).unwrap_or_default()
    })
}
