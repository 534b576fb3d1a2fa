//! What is embedded in front of a chunk: where it stands. A chunk alone seldom says which company or year it is about.

use text::WordPieces;

use super::page_leads::PageLeads;
use super::units::{Unit, beginning, one_line};

/// The header may not crowd out the text.
pub(super) const MAX_HEADER_TOKENS: usize = 110;

/// What each line of the header may take.
const MAX_LINE_TOKENS: usize = 35;

/// Names the document: its title, and the words of the file name that the title lacks. Many titles are numbers or
/// what a program left there; the file name is what its owner calls it.
pub(super) fn source_line(title: Option<&str>, file_name: &str) -> String {
    let title = one_line(beginning(title.unwrap_or_default(), MAX_HEADER_TOKENS));
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let name = stem.split(|c: char| c.is_whitespace() || "_-.".contains(c)).filter(|word| !word.is_empty());
    let known = title.to_lowercase();
    let name: Vec<&str> = name.filter(|word| !known.contains(&word.to_lowercase())).collect();
    let is_telling = title.contains(char::is_alphabetic);
    let parts = is_telling.then_some(title).into_iter().chain((!name.is_empty()).then(|| name.join(" ")));
    parts.collect::<Vec<_>>().join(" · ")
}

/// The header of a chunk that begins with `first`.
pub(super) fn header(source: &str, first: &Unit, leads: &PageLeads) -> String {
    let pieces = WordPieces::english();
    // Of a long path the last headings tell the most.
    let headings = (0..first.headings.len()).map(|from| first.headings[from..].join(" › "));
    let headings = headings.into_iter().find(|path| pieces.count(path) <= MAX_LINE_TOKENS);
    let headings = headings.or_else(|| first.headings.last().cloned());
    let lead = leads.above(first.page, first.range.start).map(str::to_owned);
    let table = first.table.as_deref().map(str::to_owned);
    let mut lines: Vec<String> = Vec::new();
    for line in [Some(source.to_owned()), headings, lead, table].into_iter().flatten() {
        let line = pieces.truncated(&line, MAX_LINE_TOKENS).to_owned();
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    pieces.truncated(&lines.join("\n"), MAX_HEADER_TOKENS).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_adds_what_the_title_lacks() {
        assert_eq!(source_line(Some("Annual report"), "Acme_2018_report.pdf"), "Annual report · Acme 2018");
        assert_eq!(source_line(Some("0000764478-17-000008"), "ACME_2017_10K.pdf"), "ACME 2017 10K");
        assert_eq!(source_line(None, "Lease.final.docx"), "Lease final");
        assert_eq!(source_line(Some("Tides"), "tides.pdf"), "Tides");
    }
}
