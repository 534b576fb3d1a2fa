//! The check of citations against what is known of the sample's sentences and passages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod figures;
mod pairs;

use std::path::Path;

use answer::check;
use figures::Figures;
use library::PageSpan;
use pairs::PageText;

/// A page of plain text or Markdown, in paragraphs, list items, rows and sentences.
fn page(path: &Path) -> PageText {
    let text = std::fs::read_to_string(path).unwrap();
    let mut pieces = Vec::new();
    let mut start = 0;
    for block in text.split_inclusive("\n\n") {
        let rows = if block.contains('|') { block.split_inclusive('\n').collect() } else { vec![block] };
        for row in rows {
            let sentences = text::sentences(row).into_iter();
            pieces.extend(sentences.map(|range| PageSpan {
                page: 1,
                start: start + range.start,
                end: start + range.end,
            }));
            start += row.len();
        }
    }
    PageText { text, pieces, headings: Vec::new() }
}

#[test]
fn what_is_planted_raises_an_alarm_and_what_is_true_does_not() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/sample");
    let mut figures = Figures::default();
    for pair in pairs::read("sample.jsonl").unwrap() {
        assert_eq!(pair.set, "sample");
        let evidence = pair.evidence(None, &page(&sample.join(&pair.document))).unwrap();
        figures.count(pair.kind, check(&pair.claim, &evidence).as_ref());
    }
    println!("{figures}");
    assert!(figures.false_alarms() <= 0.03, "{figures}");
    assert!(figures.found() >= 0.95, "{figures}");
    assert!(figures.right_wording() >= 0.99, "{figures}");
}
