//! What can be quoted from a passage: its sentences, list items and table rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use text::numbers;

use crate::Evidence;
use crate::evidence::{EvidencePiece, PieceKind};

/// Fewer letters or digits than this are a page number or a stray mark.
const LEAST_CHARACTERS: usize = 3;

/// One thing that a passage says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The passage's place among the evidence, counted from 1.
    pub(super) number: u32,
    /// Letter for letter as on the page, but each run of white space is one space, and bars tell cells apart.
    pub(super) text: String,
    /// The row that names the columns, of a row of a table.
    pub(super) columns: Option<String>,
    /// With what it is read under: the title, the headings and, of a row, the columns.
    pub(super) in_context: String,
    /// What the passage holds of its page: the month of a balance stands in another line.
    pub(super) page: Arc<str>,
}

/// What a passage says, in reading order. `number` is its place among the evidence, counted from 1.
pub(super) fn statements(number: u32, evidence: &Evidence) -> Vec<Statement> {
    let above = format!("{}\n{}", evidence.title(), evidence.headings());
    let mut heading = "";
    let mut columns: Option<String> = None;
    let mut found = Vec::new();
    let pieces = evidence.pieces();
    let pages = pages(&pieces);
    for (place, piece) in pieces.iter().enumerate() {
        let is_last = place + 1 == pieces.len();
        let kind_before = place.checked_sub(1).map(|before| pieces[before].kind);
        if piece.kind != PieceKind::Row {
            columns = None;
        } else if kind_before != Some(PieceKind::Row) && names_columns(piece, is_last) {
            columns = Some(cells(piece.text));
            continue;
        }
        let above_it = heading;
        if piece.kind == PieceKind::Heading && !is_last {
            let says_more = holds_figures(piece);
            if !says_more || pieces[place + 1].kind != PieceKind::Heading {
                heading = piece.text;
            }
            if !says_more {
                continue;
            }
        }
        let text = if piece.kind == PieceKind::Row { cells(piece.text) } else { sentence(piece.text) };
        if text.chars().filter(|letter| letter.is_alphanumeric()).count() >= LEAST_CHARACTERS {
            let columns = columns.clone();
            let in_context =
                format!("{above}\n{above_it}\n{}\n{text}", columns.as_deref().unwrap_or_default());
            let page = Arc::clone(&pages[&piece.page]);
            found.push(Statement { number, text, columns, in_context, page });
        }
    }
    found
}

/// The text of each page.
fn pages(pieces: &[EvidencePiece<'_>]) -> BTreeMap<u32, Arc<str>> {
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    for piece in pieces {
        let text = texts.entry(piece.page).or_default();
        text.push_str(piece.text);
        text.push('\n');
    }
    texts.into_iter().map(|(page, text)| (page, text.into())).collect()
}

/// Whether the first row of a table says what stands below: it holds no numbers but years.
fn names_columns(row: &EvidencePiece<'_>, is_last: bool) -> bool {
    let is_year = |value: f64| (1800.0..2200.0).contains(&value) && value.fract() == 0.0;
    !is_last && numbers(row.text).iter().all(|number| is_year(number.value))
}

/// Whether a line says more than a name does: "Ticket 1007, 41 EUR". The number in front of a heading is no figure.
fn holds_figures(line: &EvidencePiece<'_>) -> bool {
    line.text.split_whitespace().skip(1).any(|word| word.contains(char::is_numeric))
}

/// The cells of a row between bars.
fn cells(row: &str) -> String {
    let cells = row.trim().trim_matches('|').split(['\t', '|']).map(sentence);
    cells.collect::<Vec<_>>().join(" | ")
}

/// A piece on one line, without the sign of a list.
fn sentence(piece: &str) -> String {
    let words = piece.trim_start_matches(EvidencePiece::LIST_SIGNS).split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pieces: &[&str]) -> Vec<(String, Option<String>)> {
        let found = statements(1, &Evidence::for_test(1, pieces)).into_iter();
        found.map(|statement| (statement.text, statement.columns)).collect()
    }

    fn alone(text: &str) -> (String, Option<String>) {
        (text.to_owned(), None)
    }

    #[test]
    fn sentences_and_items_are_statements_and_their_headings_are_not() {
        assert_eq!(
            said(&["Visitors", "Dogs wait\nin the yard.", "• Bags stay in the office"]),
            [alone("Dogs wait in the yard."), alone("Bags stay in the office")]
        );
    }

    #[test]
    fn a_row_comes_with_the_names_of_its_columns() {
        assert_eq!(
            said(&["Work\tCost 2018", "Lens\t121,300"]),
            [("Lens | 121,300".to_owned(), Some("Work | Cost 2018".to_owned()))]
        );
        assert_eq!(said(&["North | 22", "South | 55"]), [alone("North | 22"), alone("South | 55")]);
    }

    #[test]
    fn a_line_that_heads_nothing_is_a_statement() {
        assert_eq!(said(&["M3", "Rent total 920"]), [alone("Rent total 920")]);
        let tickets = ["5 Tickets", "Seat 4, 41 EUR", "Seat 5, 42 EUR"];
        assert_eq!(said(&tickets), [alone(tickets[1]), alone(tickets[2])]);
    }

    #[test]
    fn a_heading_with_figures_says_something_itself() {
        let lines = ["Quarter 4 revenue: 333 million", "The plans for April."];
        let found = statements(1, &Evidence::for_test(1, &lines));
        assert_eq!(found.iter().map(|said| &*said.text).collect::<Vec<_>>(), lines);
        assert_eq!(
            found[1].in_context,
            "Tides\nDatum\nQuarter 4 revenue: 333 million\n\nThe plans for April."
        );
    }

    #[test]
    fn each_line_of_data_is_a_statement() {
        let lines = ["{", "\"from\": \"Jörg\",", "\"text\": \"Die Mühle mahlt dienstags\"", "}"];
        assert_eq!(said(&lines), [alone(lines[1]), alone(lines[2])]);
    }

    #[test]
    fn a_statement_is_read_under_what_stands_above_it() {
        let found =
            statements(1, &Evidence::for_test(1, &["Where the money came from", "A loan was taken."]));
        assert_eq!(found[0].in_context, "Tides\nDatum\nWhere the money came from\n\nA loan was taken.");
    }
}
