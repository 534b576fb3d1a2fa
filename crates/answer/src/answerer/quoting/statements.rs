//! What can be quoted from a passage: its sentences, list items, table rows and lines of code or data.
//!
//! Its text comes as extraction writes it: a table row to a line, its cells between tabs or bars; Markdown and plain
//! text as they stand in the file.

use text::{Number, numbers, sentences};

use crate::evidence::Paragraph;

/// Fewer letters or digits than this are a page number or a stray mark.
const MIN_CHARACTERS: usize = 3;

/// A line of more words says something, even without a full stop.
const MAX_HEADING_WORDS: usize = 12;

/// One thing that a passage says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Letter for letter as in the passage, but each run of white space is one space, and bars tell cells apart.
    pub(super) text: String,
    /// What it is read under: title, headings, the heading or table header above it, the sentence before it.
    pub(super) context: String,
    /// Whether it only names what follows: a heading, or the header of a table.
    pub(super) is_heading: bool,
}

/// The statements of a page in reading order; `names` are the title and the headings that it stands under.
pub(super) fn statements(names: &str, page: &[Paragraph]) -> Vec<Statement> {
    let mut heading = String::new();
    let mut in_table = false;
    let mut found = Vec::new();
    let blocks: Vec<Vec<String>> = page.iter().flat_map(|paragraph| blocks(&paragraph.pieces)).collect();
    for (place, block) in (1..).zip(&blocks) {
        // What nothing follows heads nothing.
        let is_heading = place < blocks.len() && block.len() == 1 && is_heading(&block[0], in_table);
        in_table = is_row(&block[0]);
        let mut before = String::new();
        for (index, piece) in block.iter().enumerate() {
            let line = collapsed(if index == 0 { without_marker(piece) } else { piece });
            for range in sentences(&line) {
                let text = &line[range];
                if text.chars().filter(|letter| letter.is_alphanumeric()).count() >= MIN_CHARACTERS {
                    let context = format!("{names} {heading} {before}");
                    found.push(Statement { text: text.to_owned(), context, is_heading });
                }
                text.clone_into(&mut before);
            }
        }
        if is_heading {
            heading = collapsed(without_marker(&block[0]));
        }
    }
    found
}

/// The paragraphs, list items, table rows and headings among pieces that follow each other, each in its pieces.
fn blocks(pieces: &[&str]) -> Vec<Vec<String>> {
    let mut blocks: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    for piece in pieces {
        for (place, line) in piece.lines().map(str::trim).enumerate() {
            match blocks.last_mut().filter(|_| open && !starts_block(line)) {
                Some(block) if place == 0 => block.push(line.to_owned()),
                Some(block) => append(block, line),
                None if line.is_empty() => {}
                None => blocks.push(vec![line.to_owned()]),
            }
            open = !line.is_empty() && !is_row(line) && !line.starts_with('#');
        }
    }
    blocks
}

fn append(pieces: &mut [String], line: &str) {
    if let Some(last) = pieces.last_mut() {
        last.push('\n');
        last.push_str(line);
    }
}

fn starts_block(line: &str) -> bool {
    line.is_empty() || line.starts_with('#') || is_row(line) || is_list_item(line)
}

fn is_row(line: &str) -> bool {
    line.starts_with('|') || line.contains('\t') || line.contains(" | ")
}

fn is_list_item(line: &str) -> bool {
    without_list_marker(line).len() < line.len()
}

/// A block without the signs that say what kind of block it is.
fn without_marker(block: &str) -> &str {
    without_list_marker(block.trim_matches(['|', ' ']).trim_start_matches(['#', '>', ' ']))
}

fn without_list_marker(line: &str) -> &str {
    let (marker, rest) = line.split_once(' ').unwrap_or((line, ""));
    let number = marker.trim_start_matches('(').strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_bullet = matches!(marker, "-" | "*" | "+" | "•" | "◦" | "▪" | "●" | "–");
    if is_number || is_bullet { rest.trim_start() } else { line }
}

/// Whether a block reads as a heading, or as the header of a table if it is a row and none stood before it.
fn is_heading(block: &str, in_table: bool) -> bool {
    if is_row(block) {
        return !in_table && numbers(block).iter().all(is_year);
    }
    let line = without_marker(block).trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let figures = numbers(line);
    block.starts_with('#')
        || (!block.starts_with(['-', '*', '+', '•', '◦', '▪', '●', '–'])
            && line.split_whitespace().count() <= MAX_HEADING_WORDS
            && !line.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '।', '؟'])
            && figures.len() <= 1
            && figures.iter().all(|figure| !figure.percent && figure.range.len() <= 4))
}

fn is_year(number: &Number) -> bool {
    number.range.len() == 4 && (1800.0..2200.0).contains(&number.value) && number.value.fract() == 0.0
}

fn collapsed(text: &str) -> String {
    text.replace('\t', " | ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> [Paragraph<'_>; 1] {
        [Paragraph { page: 1, pieces: vec![text] }]
    }

    fn said(text: &str) -> Vec<String> {
        let statements = statements("", &page(text)).into_iter();
        statements.filter(|statement| !statement.is_heading).map(|statement| statement.text).collect()
    }

    #[test]
    fn a_sentence_over_two_lines_is_one_statement() {
        assert_eq!(
            said(
                "3.2 Lime\n\nThe new mortar is of the grade NHL 3.5, mixed\nwith sand. It was chosen in winter."
            ),
            ["The new mortar is of the grade NHL 3.5, mixed with sand.", "It was chosen in winter."]
        );
    }

    #[test]
    fn list_items_and_table_rows_are_statements_and_their_headings_are_not() {
        assert_eq!(
            said(
                "## Visitors\n- Dogs wait in the yard\n- Bags stay\n  in the office\n\nWork\tCost 2018\nLens\t121,300"
            ),
            ["Dogs wait in the yard", "Bags stay in the office", "Lens | 121,300"]
        );
        assert_eq!(said("| Ticket | Price |\n| --- | --- |\n| Adult | 7.50 |"), ["Adult | 7.50"]);
        assert_eq!(said("Region | Sales\nNorth | 22\nSouth | 55"), ["North | 22", "South | 55"]);
    }

    #[test]
    fn a_line_that_nothing_follows_is_no_heading() {
        assert_eq!(said("M3\n\nRent total 920"), ["Rent total 920"]);
    }

    #[test]
    fn each_line_of_data_is_a_statement() {
        let lines = ["{", "\"from\": \"Jörg\",", "\"text\": \"Die Mühle mahlt dienstags\"", "}"];
        let page = || Paragraph { page: 1, pieces: lines.to_vec() };
        let statements = statements("", &[page(), page()]);
        assert!(statements.iter().all(|statement| !statement.is_heading));
        let texts: Vec<&str> = statements.iter().map(|statement| statement.text.as_str()).collect();
        assert_eq!(texts, [&lines[1..3], &lines[1..3]].concat());
    }

    #[test]
    fn a_statement_is_read_under_what_stands_above_it() {
        let text = "Where the money came from\n\nA loan was taken. It runs for fifteen years.";
        assert_eq!(
            statements("Report Costs", &page(text))[2].context,
            "Report Costs Where the money came from A loan was taken."
        );
    }
}
