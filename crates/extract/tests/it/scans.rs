//! Pages that are pictures.

use extract::{BlockKind, ExtractError, SourceEngine, TextRecognition};

use crate::{extract, has_pdfium, has_tesseract};

#[test]
fn a_scanned_page_is_recognised_or_says_what_is_missing() {
    let result = extract("harbour.pdf", include_bytes!("../scans/harbour.pdf"));
    let missing = match (has_tesseract(), has_pdfium()) {
        (true, true) => None,
        (true, false) => Some(TextRecognition::NoPdfium),
        (false, _) => Some(TextRecognition::NoTesseract),
    };
    if let Some(recognition) = missing {
        assert_eq!(result, Err(ExtractError::NoText { pages: 1, recognition }));
        return;
    }
    let document = result.expect("the page is recognised");
    let page = &document.pages[0];
    assert_eq!(page.source_engine, SourceEngine::Tesseract);
    assert!(page.text.starts_with("The Harbour Master"), "{}", page.text);
    assert!(
        page.text.contains("and the lighthouse\nkeeper") || page.text.contains("lighthouse keeper"),
        "{}",
        page.text
    );
    assert!(page.blocks.len() >= 3 && page.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
    assert!(page.quality > 0.8, "{}", page.quality);
    assert!(document.warnings[0].starts_with("Page 1 held no text"), "{:?}", document.warnings);

    // The title was drawn 150 of 1754 dots below the upper edge and 140 of 1240 from the left.
    let (width, height) = page.size.expect("a page has a size");
    let title = &page.words[0];
    assert_eq!(&page.text[title.range.clone()], "The");
    assert!((title.bounds.left / width - 140.0 / 1240.0).abs() < 0.01, "{title:?}");
    assert!((1.0 - title.bounds.top / height - 158.0 / 1754.0).abs() < 0.02, "{title:?}");
}
