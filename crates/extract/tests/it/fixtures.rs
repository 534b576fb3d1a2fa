//! Small documents of our own in each format, as common programs write them, against what is written in them.
//!
//! Beside each file lies what has to be read out of it, block by block: `h1` a heading of the first level, `p` a
//! paragraph, `li` an item, `th` and `tr` rows of a table, `code`; `= page 1` begins a page.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use extract::{BlockKind, ExtractedDocument, Extractor, Limits};

use crate::worker_command;

pub(crate) fn all() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let paths = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    paths.filter(|path| path.extension().is_some_and(|extension| extension != "expected")).collect()
}

#[test]
fn each_file_reads_as_it_was_written() {
    let extractor = Extractor::new(worker_command(), Limits::default());
    let mut differences = String::new();
    for path in all() {
        let mut expected_path = path.clone().into_os_string();
        expected_path.push(".expected");
        let expected = std::fs::read_to_string(expected_path).expect("what is expected lies beside the file");
        let read = match extractor.extract(&path, &|| false) {
            Ok(document) => described(&document),
            Err(error) => error.to_string(),
        };
        if read != expected {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display();
            let _ = writeln!(differences, "{name}\n--- expected\n{expected}--- read\n{read}");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

pub(crate) fn described(document: &ExtractedDocument) -> String {
    let mut lines: Vec<String> = document.title.iter().map(|title| format!("title: {title}")).collect();
    for page in &document.pages {
        lines.push(format!("= page {}", page.number));
        for block in &page.blocks {
            let kind = match block.kind {
                BlockKind::Heading { level } => format!("h{level}"),
                BlockKind::Paragraph => "p".to_owned(),
                BlockKind::ListItem => "li".to_owned(),
                BlockKind::TableRow { header: true } => "th".to_owned(),
                BlockKind::TableRow { header: false } => "tr".to_owned(),
                BlockKind::Code => "code".to_owned(),
            };
            lines.push(format!("{kind} {}", &page.text[block.range.clone()]));
        }
    }
    lines.extend(document.outline.iter().map(|entry| format!("outline {} {}", entry.page, entry.title)));
    lines.extend(document.warnings.iter().map(|warning| format!("warning {warning:?}")));
    lines.join("\n") + "\n"
}
