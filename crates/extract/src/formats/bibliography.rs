//! BibTeX: an entry is a paragraph of names and values, as they are printed.

use super::decoding::decode;
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source, tex};
use crate::{BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["bib", "bibtex"];

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    for (index, entry) in split_at_entries(&decoded.text).into_iter().enumerate() {
        match entry.split_once(['{', '(']).filter(|_| index > 0) {
            Some((kind, inside)) => writer.push(BlockKind::Paragraph, &lines_of(kind, inside).join("\n")),
            // Remarks stand between the entries.
            None => writer.push(BlockKind::Paragraph, entry),
        }
    }
    writer.finish();
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// What stands in front of the first entry, and the entries without their `@`.
fn split_at_entries(text: &str) -> Vec<&str> {
    let starts = text.match_indices('@').map(|(at, _)| at).filter(|at| {
        text[..*at].trim_end_matches([' ', '\t']).ends_with('\n') || text[..*at].trim().is_empty()
    });
    let (mut entries, mut start) = (Vec::new(), 0);
    for at in starts {
        entries.push(&text[start..at]);
        start = at + 1;
    }
    entries.push(&text[start..]);
    entries
}

fn lines_of(kind: &str, inside: &str) -> Vec<String> {
    let (key, mut rest) = match inside.split_once(',') {
        Some((key, rest)) if !key.contains('=') => (key.trim(), rest),
        _ => ("", inside),
    };
    let mut lines = vec![format!("{} {key}", kind.trim())];
    while let Some((name, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let end = value_end(value);
        let text = tex::inline_text(value[..end].trim_matches(|c: char| c.is_whitespace() || c == '"'));
        lines.push(format!("{}: {}", name.trim_matches(|c: char| !c.is_alphanumeric()), on_one_line(&text)));
        rest = &value[end..];
    }
    lines
}

/// Where a value ends: at a comma or the entry's end outside all braces and quotes.
fn value_end(value: &str) -> usize {
    let (mut depth, mut in_quotes, mut is_escaped) = (0_usize, false, false);
    for (at, character) in value.char_indices() {
        match character {
            _ if is_escaped => {}
            '{' => depth += 1,
            '}' | ')' | ',' if depth == 0 && !in_quotes => return at,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth == 0 => in_quotes = !in_quotes,
            _ => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    value.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_as_they_are_printed() {
        let file = "Kept by hand.\n\n@book{muller2020,\n  author = {M{\\\"u}ller, Ada},\n  title = \"The {Harbour}, and its light\",\n  year = 2020,\n}\n@misc{x, note={a = b}}\n";
        let mut pages = Vec::new();
        read(&Source::new(file.as_bytes(), "bib"), &mut |page| pages.push(page)).unwrap();
        assert_eq!(
            pages[0].text,
            "Kept by hand.\n\nbook muller2020\nauthor: M\u{fc}ller, Ada\ntitle: The Harbour, and its light\nyear: 2020\n\nmisc x\nnote: a = b"
        );
    }
}
