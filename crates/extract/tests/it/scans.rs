//! Pages that are pictures.

use std::path::PathBuf;

use extract::{
    BlockKind, ExtractError, Extractor, Given, Limits, PageFinding, SourceEngine, TextRecognition,
    Transcript, Warning,
};

use pdf_extract::{Document, Object, dictionary};

use crate::pdf_files::{bytes_of, page_of, pdf_of_contents};
use crate::{extract, has_pdfium, has_recognition, of_first_page, worker_command};

const HARBOUR: &[u8] = include_bytes!("../scans/harbour.pdf");

fn file(folder: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("scan.pdf");
    std::fs::write(&path, bytes).expect("the file is written");
    path
}

fn transcript(page: u32, text: &str) -> Transcript {
    Transcript { page, model: "a-vision-model".to_owned(), text: text.to_owned() }
}

#[test]
fn a_scanned_page_is_recognised_or_says_what_is_missing() {
    let result = extract("harbour.pdf", HARBOUR);
    let missing = match (has_recognition(), has_pdfium()) {
        (true, true) => None,
        (true, false) => Some(TextRecognition::NoPdfium),
        (false, _) => Some(TextRecognition::NoTesseract),
    };
    if let Some(recognition) = missing {
        assert_eq!(result, Err(ExtractError::NoText { pages: 1, blank: Vec::new(), recognition }));
        return;
    }
    let document = result.expect("the page is recognised");
    let page = &document.pages[0];
    assert!(SourceEngine::RECOGNISING.contains(&page.source_engine), "{:?}", page.source_engine);
    assert!(page.text.starts_with("The Harbour Master"), "{}", page.text);
    assert!(
        page.text.contains("and the lighthouse\nkeeper") || page.text.contains("lighthouse keeper"),
        "{}",
        page.text
    );
    assert!(page.blocks.len() >= 3 && page.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
    assert!(page.quality > 0.8, "{}", page.quality);
    assert_eq!(document.warnings[0], of_first_page(PageFinding::Recognised));

    // The title was drawn 150 of 1754 dots below the upper edge and 140 of 1240 from the left.
    let (width, height) = page.size.expect("a page has a size");
    let title = &page.words[0];
    assert_eq!(&page.text[title.range.clone()], "The");
    assert!((title.bounds.left / width - 140.0 / 1240.0).abs() < 0.01, "{title:?}");
    assert!((1.0 - title.bounds.top / height - 158.0 / 1754.0).abs() < 0.02, "{title:?}");
}

#[test]
fn a_stamp_on_a_scan_is_not_taken_for_its_text() {
    let mut scan = Document::load_mem(HARBOUR).expect("a PDF");
    let font =
        scan.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let page = page_of(&mut scan);
    page.get_mut(b"Resources")
        .and_then(Object::as_dict_mut)
        .expect("resources")
        .set("Font", dictionary! { "Stamp" => font });
    let id = scan.get_pages()[&1];
    let mut content = scan.get_page_content(id).expect("content");
    content.extend(b"\nBT /Stamp 9 Tf 1 0 0 1 400 20 Tm (EXHIBIT 000417) Tj ET");
    scan.change_page_content(id, content).expect("the stamp is added");
    let document = extract("stamped.pdf", &bytes_of(scan)).expect("the file is read");
    let page = &document.pages[0];
    match (has_pdfium(), has_recognition()) {
        (true, true) => {
            assert!(
                page.text.starts_with("The Harbour Master") && page.text.contains("000417"),
                "{}",
                page.text
            );
            assert_eq!(document.warnings, [of_first_page(PageFinding::Recognised)]);
        }
        (true, false) => {
            assert_eq!(page.text, "EXHIBIT 000417");
            assert_eq!(document.warnings, [of_first_page(PageFinding::Stamped)]);
        }
        (false, _) => assert_eq!(page.text, "EXHIBIT 000417"),
    }
}

#[test]
fn a_page_is_drawn_as_a_png_of_bounded_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let extractor = Extractor::new(worker_command(), Limits::default());
    let draw = |path: &PathBuf, page| extractor.draw(path, page, None, &|| false);
    let scan = file(&folder, HARBOUR);
    if !has_pdfium() {
        assert_eq!(draw(&scan, 1), Err(ExtractError::NoPdfium));
        return;
    }
    let picture = draw(&scan, 1).expect("the page is drawn");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&picture.png)).read_info().expect("a PNG file");
    let (width, height) = reader.info().size();
    let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
    reader.next_frame(&mut pixels).expect("all of it");
    assert!(height == 2_000 && (1_400..1_430).contains(&width), "{width} × {height}");
    assert!(!picture.is_blank && pixels.contains(&0) && pixels.contains(&255));
    assert_eq!(draw(&scan, 2), Err(ExtractError::NotDrawn));
    assert_eq!(draw(&scan, 0), Err(ExtractError::NotDrawn));

    let blank = file(&folder, &bytes_of(pdf_of_contents(&[b""])));
    assert!(draw(&blank, 1).expect("the page is drawn").is_blank);
    assert_eq!(draw(&file(&folder, b"%PDF-1.7 and no more"), 1).unwrap_err().code(), "damaged");
}

#[test]
fn what_a_vision_model_read_is_the_text_of_pages_that_have_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let extractor = Extractor::new(worker_command(), Limits::default());
    let path = file(
        &folder,
        &bytes_of(pdf_of_contents(&[
            b"BT /F1 12 Tf 72 700 Td (Pump in the cellar) Tj ET",
            b"9 9 300 300 re f",
            b"9 9 300 300 re f",
            b"",
        ])),
    );
    let transcripts = vec![
        transcript(1, "Pump in the attic"),
        transcript(2, "Light dues\n\nYear | Dues\n1871 | 40"),
        transcript(3, ""),
        transcript(4, ""),
    ];
    let given = Given { transcripts, ..Given::default() };
    let document = extractor.extract_with(&path, &given, &|| false).expect("the file is read");
    let pages: Vec<_> = document.pages.iter().map(|page| (page.source_engine, page.text.as_str())).collect();
    assert_eq!(pages[0], (SourceEngine::PdfExtract, "Pump in the cellar"));
    assert_eq!(pages[1], (SourceEngine::VisionModel, "Light dues\n\nYear | Dues\n1871 | 40"));
    assert_eq!(pages[2].1, "");
    let page = &document.pages[1];
    assert!(page.words.is_empty() && page.size.is_some() && (0.5..0.95).contains(&page.quality));
    assert_eq!(page.blocks[2].kind, BlockKind::TableRow { header: false });
    let model = || "a-vision-model".to_owned();
    let transcribed = Warning::Pages { pages: vec![2], finding: PageFinding::Transcribed { model: model() } };
    let seen_empty = Warning::Pages { pages: vec![3], finding: PageFinding::SeenEmpty { model: model() } };
    assert_eq!(document.warnings, [transcribed, seen_empty]);

    let nothing = Given { transcripts: vec![transcript(1, "")], ..Given::default() };
    let read = |pages: &[&[u8]]| {
        extractor.extract_with(&file(&folder, &bytes_of(pdf_of_contents(pages))), &nothing, &|| false)
    };
    let no_text =
        |pages, blank| Err(ExtractError::NoText { pages, blank, recognition: TextRecognition::FoundNothing });
    let square = b"9 9 300 300 re f".as_slice();
    assert_eq!(read(&[square]), no_text(1, vec![]));
    assert_eq!(read(&[square, b""]), no_text(2, vec![2]));
    assert_eq!(read(&[b""]), Err(ExtractError::Blank), "a page without ink is no picture");
}
