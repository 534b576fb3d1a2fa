//! What is read out of PDFs.

use extract::{BlockKind, ExtractedDocument};

use crate::extract;
use crate::pdf_files::{bytes_of, pdf_of_contents};

fn read(contents: &[&[u8]]) -> ExtractedDocument {
    extract("test.pdf", &bytes_of(pdf_of_contents(contents))).expect("the file is read")
}

#[test]
fn words_keep_their_places() {
    let document =
        read(&[b"BT /F1 12 Tf 72 700 Td (Pump in the) Tj 0 -14 Td [(cel)-20(lar) -400 (room)] TJ ET"]);
    let page = &document.pages[0];
    assert_eq!(page.text, "Pump in the\ncellar room");
    assert_eq!(page.size, Some((612.0, 792.0)));
    let word = &page.words[3];
    assert_eq!(&page.text[word.range.clone()], "cellar");
    assert!((word.bounds.left - 72.0).abs() < 0.1 && word.bounds.bottom < 686.0 && word.bounds.top > 690.0);
    assert!((95.0..115.0).contains(&word.bounds.right));
    assert_eq!(page.blocks.len(), 1);
    assert_eq!(page.blocks[0].kind, BlockKind::Paragraph);
}
