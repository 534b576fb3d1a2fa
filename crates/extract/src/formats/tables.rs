//! Rows that belong together: a table with its header, as sheets, documents and text files hold them.

use super::page_writer::PageWriter;
use crate::BlockKind;

/// Writes the rows of one table. `declared_headers` is how many rows in front the file calls its header; where it
/// does not say, the first row is taken for one if it looks like one.
pub(super) fn write_table(writer: &mut PageWriter, rows: &[Vec<String>], declared_headers: Option<usize>) {
    let headers = declared_headers.unwrap_or_else(|| usize::from(looks_like_header(rows)));
    for (index, row) in rows.iter().enumerate() {
        writer.push_row(row, index < headers);
    }
}

/// Writes a grid in which empty rows part tables, and rows of one cell are titles and remarks.
pub(super) fn write_grid(writer: &mut PageWriter, rows: &[Vec<String>]) {
    for group in rows.split(|row| filled(row) == 0) {
        let titles = group.iter().take_while(|row| filled(row) == 1).count();
        // A list of single cells is a table of one column, and no text of many titles.
        let titles = if titles == group.len() && titles > 3 { 0 } else { titles };
        for title in &group[..titles] {
            writer.push(BlockKind::Paragraph, &title.concat());
        }
        write_table(writer, &group[titles..], None);
    }
}

/// Names of columns are words, one over each column; two columns may as well be names and values, so there the
/// second one has to hold figures.
fn looks_like_header(rows: &[Vec<String>]) -> bool {
    let [first, rest @ ..] = rows else { return false };
    let columns = filled(first);
    let over_each = rest.iter().take(20).all(|row| row.len() <= first.len() || filled(row) <= columns);
    let has_figures = rest.iter().any(|row| row.iter().any(|cell| is_figure(cell)));
    !rest.is_empty()
        && columns >= 2
        && over_each
        && first.iter().skip_while(|cell| cell.is_empty()).filter(|cell| cell.trim().is_empty()).count()
            <= columns / 4
        && !first.iter().any(|cell| is_figure(cell))
        && (columns > 2 || has_figures)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Numbers, amounts, shares and dates. A year may name a column, so it is none.
pub(super) fn is_figure(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    let is_year = cell.len() == 4 && digits == 4 && (cell.starts_with("19") || cell.starts_with("20"));
    digits > 0 && digits >= letters && !is_year
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(rows: &[&[&str]], write: fn(&mut PageWriter, &[Vec<String>])) -> Vec<&'static str> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let mut pages = Vec::new();
        let mut sink = |page: crate::Page| pages.push(page);
        let mut writer = PageWriter::new(&mut sink);
        write(&mut writer, &rows);
        writer.finish();
        let name = |kind| match kind {
            BlockKind::TableRow { header: true } => "header",
            BlockKind::TableRow { header: false } => "row",
            _ => "text",
        };
        pages.iter().flat_map(|page| &page.blocks).map(|block| name(block.kind)).collect()
    }

    fn table(writer: &mut PageWriter, rows: &[Vec<String>]) {
        write_table(writer, rows, None);
    }

    #[test]
    fn names_over_columns_are_a_header() {
        assert_eq!(kinds(&[&["Ship", "Tons"], &["Anna", "40"]], table), ["header", "row"]);
        assert_eq!(kinds(&[&["", "2023", "2024"], &["Coal", "5", "6"]], table), ["header", "row"]);
        assert_eq!(kinds(&[&["Name", "Port", "Flag"], &["Anna", "Riga", "blue"]], table), ["header", "row"]);
    }

    #[test]
    fn names_and_values_have_no_header() {
        assert_eq!(kinds(&[&["Name", "Anna"], &["Port", "Riga"]], table), ["row", "row"]);
        assert_eq!(kinds(&[&["Anna", "40"], &["Berta", "60"]], table), ["row", "row"]);
        assert_eq!(kinds(&[&["Name", "Port", "Flag"]], table), ["row"]);
    }

    #[test]
    fn empty_rows_part_the_tables_of_a_sheet() {
        let sheet: &[&[&str]] = &[
            &["", "Cargo"],
            &["Ship", "Tons"],
            &["Anna", "40"],
            &["", ""],
            &["Ship", "Age"],
            &["Anna", "31"],
            &["as of May", ""],
        ];
        assert_eq!(kinds(sheet, write_grid), ["text", "header", "row", "header", "row", "row"]);
    }
}
