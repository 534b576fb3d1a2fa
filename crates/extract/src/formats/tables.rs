//! Rows that belong together: a table with its header, as sheets, documents and text files hold them.

use super::page_writer::PageWriter;
use crate::BlockKind;

/// A table is hardly ever wider, whatever a cell claims to cover.
const MOST_COLUMNS: usize = 1024;

/// A longer text over several rows is said once: it is no name for them.
const LONGEST_NAME: usize = 200;

/// What a cell over several rows says in those below the first.
pub(super) fn name_of_rows(text: &str) -> &str {
    if text.len() <= LONGEST_NAME { text } else { "" }
}

/// A cell that may cover others.
pub(super) struct Cell {
    pub text: String,
    /// How many columns it covers, at least its own.
    pub columns: usize,
    /// How many rows it covers, at least its own.
    pub rows: usize,
}

/// Rows in which each cell stands in its column. What covers several rows is said in each of them that says something
/// else; what covers several columns, in the first.
pub(super) fn laid_out(rows: impl IntoIterator<Item = Vec<Cell>>) -> Vec<Vec<String>> {
    let mut above: Vec<Option<(usize, String)>> = Vec::new();
    let lay_out = |cells: Vec<Cell>| {
        let says_something = cells.iter().any(|cell| !cell.text.trim().is_empty());
        let mut row = Vec::new();
        let mut cells = cells.into_iter();
        loop {
            if let Some(covering) =
                above.get_mut(row.len()).and_then(|above| above.take_if(|(rows, _)| *rows > 0))
            {
                let (rows, text) = covering;
                let column = row.len();
                row.push(if says_something { text.clone() } else { String::new() });
                above[column] = Some((rows - 1, text));
            } else if let Some(cell) = cells.next() {
                let columns = cell.columns.clamp(1, MOST_COLUMNS.saturating_sub(row.len()).max(1));
                let end = row.len() + columns;
                above.resize(above.len().max(end), None);
                above[row.len()..end].fill(Some((cell.rows.saturating_sub(1), String::new())));
                above[row.len()] = Some((cell.rows.saturating_sub(1), name_of_rows(&cell.text).to_owned()));
                row.push(cell.text);
                row.resize(end, String::new());
            } else if above
                .get(row.len()..)
                .is_some_and(|rest| rest.iter().flatten().any(|(rows, _)| *rows > 0))
            {
                row.push(String::new());
            } else {
                return row;
            }
        }
    };
    rows.into_iter().map(lay_out).collect()
}

/// Says in each row what a cell over several rows says. `merged` are the first row, the last row and the column of each.
pub(super) fn fill_merged(rows: &mut [Vec<String>], merged: &[(usize, usize, usize)]) {
    for &(first, last, column) in merged {
        let Some(text) = rows.get(first).and_then(|row| row.get(column)) else { continue };
        let text = name_of_rows(text).to_owned();
        for row in rows.iter_mut().take(last.saturating_add(1)).skip(first + 1) {
            if row.get(column).is_none_or(String::is_empty) && row.iter().any(|cell| !cell.is_empty()) {
                row.resize(row.len().max(column + 1), String::new());
                row[column].clone_from(&text);
            }
        }
    }
}

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

    fn cell(text: &str, columns: usize, rows: usize) -> Cell {
        Cell { text: text.to_owned(), columns, rows }
    }

    #[test]
    fn cells_keep_their_columns() {
        let rows = laid_out([
            vec![cell("Region", 1, 1), cell("Quarter", 1, 1), cell("Sales", 1, 1)],
            vec![cell("North", 1, 2), cell("Q1", 1, 1), cell("11", 1, 1)],
            vec![cell("Q2", 1, 1), cell("22", 1, 1)],
            vec![cell("Total", 2, 1), cell("33", 1, 1)],
            vec![cell("South", 1, 1), cell("Q1", 1, 1), cell("none", 1, 3)],
            vec![cell("", 1, 1), cell("", 1, 1)],
            vec![cell("East", 1, 1), cell("Q1", 1, 1)],
        ]);
        let rows: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        assert_eq!(
            rows,
            [
                "Region|Quarter|Sales",
                "North|Q1|11",
                "North|Q2|22",
                "Total||33",
                "South|Q1|none",
                "||",
                "East|Q1|none"
            ]
        );
    }

    #[test]
    fn cells_that_claim_too_much_are_cut() {
        let rows =
            laid_out([vec![cell("a", usize::MAX, usize::MAX), cell("b", 9, 1)], vec![cell("c", 1, 1)]]);
        assert_eq!(rows[0][0], "a");
        assert!(rows[0].len() <= MOST_COLUMNS + 9 && rows[1].iter().any(|text| text == "c"));
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
