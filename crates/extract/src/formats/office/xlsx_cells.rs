//! The cells of a workbook of today, as Excel shows them.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;
use office_oxide::xlsx::{Cell, CellValue, Worksheet, XlsxDocument};

use crate::formats::number_format::{Epoch, NumberFormat, built_in, general};

/// Shows the cells of one workbook.
pub(super) struct XlsxCells<'a> {
    workbook: &'a XlsxDocument,
    epoch: Epoch,
    /// By the number that cells name; none shows numbers as they are.
    formats: HashMap<u32, Option<NumberFormat>>,
}

impl<'a> XlsxCells<'a> {
    pub fn of(workbook: &'a XlsxDocument) -> Self {
        let epoch = if workbook.workbook.date1904 { Epoch::Year1904 } else { Epoch::Year1900 };
        let mut formats = HashMap::new();
        if let Some(styles) = &workbook.styles {
            for style in 0..u32::try_from(styles.cell_formats.len()).unwrap_or(0) {
                let id = styles.number_format_id_for(style).unwrap_or(0);
                let code = styles.number_format_override_for(style).or(built_in(id));
                let code = code.filter(|code| !code.eq_ignore_ascii_case("General"));
                formats.insert(style, code.map(NumberFormat::parse));
            }
        }
        Self { workbook, epoch, formats }
    }

    /// The text of a cell; a formula whose value the file does not hold shows itself.
    pub fn text(&self, cell: &Cell) -> String {
        let format = cell.style_index.and_then(|style| self.formats.get(&style)).and_then(Option::as_ref);
        match &cell.value {
            CellValue::Number(value) => {
                format.map_or_else(|| general(*value), |format| format.number(*value, self.epoch))
            }
            CellValue::String(_) | CellValue::SharedString(_) => {
                let text = self.workbook.format_cell_value(cell);
                let text = unescaped(&text);
                format.map_or_else(|| text.clone().into_owned(), |format| format.text(&text))
            }
            _ => self.workbook.format_cell_value(cell),
        }
    }
}

/// Whether the file has formulas without values, as programs leave it that do not compute. A value that is an empty
/// text is one, unless no formula has another.
pub(super) fn lacks_values(sheet: &Worksheet) -> bool {
    let formulas = || sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.formula().is_some());
    let is_empty_text = |cell: &Cell| matches!(&cell.value, CellValue::String(text) if text.is_empty());
    formulas().any(|cell| matches!(cell.value, CellValue::Empty))
        || formulas().next().is_some() && formulas().all(is_empty_text)
}

/// The text with characters in the place of `_x000D_` and the like, in which XML that knows no control characters
/// holds them.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), b"_x").is_none() {
        return text.into();
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        let unit = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let character = unit.and_then(|unit| u32::from_str_radix(unit, 16).ok()).and_then(char::from_u32);
        let length = if character.is_some() { "_xHHHH_".len() } else { "_x".len() };
        match character {
            // A line ends with both, and one is enough.
            Some('\r') if rest[length..].starts_with('\n') => {}
            Some('\r') => read.push('\n'),
            Some(character) => read.push(character),
            None => read.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    read.push_str(rest);
    read.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_once() {
        assert_eq!(unescaped("one_x000D_\ntwo _x0041_BC"), "one\ntwo ABC");
        assert_eq!(unescaped("_x005F_x000D_ end"), "_x000D_ end");
        assert_eq!(unescaped("a_x000D_b_x0009_c"), "a\nb\tc");
        assert_eq!(unescaped("max_x, _x12_, _xZZZZ_, _xD83D_"), "max_x, _x12_, _xZZZZ_, _xD83D_");
    }
}
