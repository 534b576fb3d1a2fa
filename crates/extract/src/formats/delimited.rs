//! Tables as text: CSV and its relatives.

use csv::{ReaderBuilder, StringRecord};

use super::decoding::decode;
use super::page_writer::PageWriter;
use super::tables::is_figure;
use super::{DocumentInfo, PageSink, Source};
use crate::ExtractError;

/// Programs call tables "xls" that are text.
pub(super) const EXTENSIONS: &[&str] = &["csv", "tsv", "tab", "psv", "xls"];

/// What may part the cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// As many rows as it takes to see what parts the cells.
const SAMPLE_ROWS: usize = 50;

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let (named, table) = named_delimiter(&decoded.text);
    let by_extension = (source.extension == "tsv").then_some(b'\t');
    let delimiter = named.or(by_extension).unwrap_or_else(|| delimiter_of(table));
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let mut rows = records(table, delimiter).peekable();
    let mut is_first = true;
    while let Some(row) = rows.next() {
        let names_columns = is_first && rows.peek().is_some() && !row.iter().any(is_figure);
        writer.push_row(&row.iter().collect::<Vec<_>>(), names_columns);
        is_first = false;
    }
    writer.finish();
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// What a first line such as "sep=;", which Excel reads and does not show, says that parts the cells; and the rest.
fn named_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = first.trim_end_matches('\r').trim_matches('"');
    match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// A row that cannot be read ends the table; with quotes and lengths taken as they come there is none.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok)
}

/// The one that parts the most rows into the same number of cells.
fn delimiter_of(text: &str) -> u8 {
    let agreement = |delimiter: u8| {
        let lengths: Vec<usize> = records(text, delimiter)
            .take(SAMPLE_ROWS)
            .map(|record| record.len())
            .filter(|length| *length > 1)
            .collect();
        let most = lengths.iter().map(|length| lengths.iter().filter(|other| *other == length).count()).max();
        most.unwrap_or(0)
    };
    // The last of equals wins, and the likeliest comes first.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| agreement(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        assert_eq!(delimiter_of("ship;tons\nAnna, the old;40\nBerta;60,5"), b';');
        assert_eq!(delimiter_of("ship,note\nAnna,\"a; b; c\"\nBerta,x"), b',');
        assert_eq!(delimiter_of("ship\ttons\nAnna\t40"), b'\t');
        assert_eq!(delimiter_of("one\ntwo"), b',');
    }

    #[test]
    fn a_line_that_names_the_delimiter_is_no_row() {
        assert_eq!(named_delimiter("sep=;\r\nCity;Price\r\n"), (Some(b';'), "City;Price\r\n"));
        assert_eq!(named_delimiter("\"SEP=|\"\nCity|Price"), (Some(b'|'), "City|Price"));
        assert_eq!(named_delimiter("sep=\t\nCity\tPrice"), (Some(b'\t'), "City\tPrice"));
        assert_eq!(named_delimiter("separator;sep=\n1;2"), (None, "separator;sep=\n1;2"));
    }
}
