//! PDFium as the second engine. Without it these tests look at what is said then.

use std::collections::BTreeMap;

use extract::{Bounds, Extractor, Limits, Page, PageFinding, SourceEngine, Word};
use pdf_extract::{Object, Stream, dictionary};

use crate::pdf_files::{bytes_of, pdf_of_contents};
use crate::workers::dies_once;
use crate::{extract, has_pdfium, has_recognition, of_first_page, worker_command};

const CONTENT: &[u8] = b"BT /F1 12 Tf 72 700 Td (Pump in the) Tj 0 -14 Td (cellar room) Tj ET";

/// A page whose font says of its letters that they are others, which have no meaning.
fn with_letters_of_no_meaning() -> Vec<u8> {
    let mut document = pdf_of_contents(&[CONTENT]);
    let map =
        b"1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7A> <E020> endbfrange";
    let map = document.add_object(Stream::new(dictionary! {}, map.to_vec()));
    for object in document.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.get(b"BaseFont").is_ok()
        {
            font.set("ToUnicode", map);
        }
    }
    bytes_of(document)
}

#[test]
fn a_page_whose_letters_mean_nothing_is_recognised_or_said_to_be_illegible() {
    let document = extract("meaningless.pdf", &with_letters_of_no_meaning()).expect("the file is read");
    let page = &document.pages[0];
    if has_pdfium() && has_recognition() {
        assert!(SourceEngine::RECOGNISING.contains(&page.source_engine), "{:?}", page.source_engine);
        assert_eq!(page.text.split_whitespace().collect::<Vec<_>>().join(" "), "Pump in the cellar room");
        assert_eq!(document.warnings[0], of_first_page(PageFinding::Recognised));
    } else {
        assert!(page.quality < 0.5, "{}", page.quality);
        assert_eq!(document.warnings[0], of_first_page(PageFinding::Illegible));
    }
}

#[test]
#[cfg(unix)]
fn words_have_the_same_places_whoever_reads_them() {
    if !has_pdfium() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("turned.pdf");
    let mut document = pdf_of_contents(&[CONTENT]);
    for object in document.objects.values_mut() {
        if let Object::Dictionary(page) = object
            && page.get(b"Contents").is_ok()
        {
            page.set("Rotate", 90);
            page.set("CropBox", vec![36.into(), 36.into(), 576.into(), 756.into()]);
        }
    }
    std::fs::write(&path, bytes_of(document)).expect("the file is written");
    let first_page = |command| {
        let read = Extractor::new(command, Limits::default()).extract(&path, &|| false);
        read.expect("the file is read").pages.remove(0)
    };
    let (first, second) = (first_page(worker_command()), first_page(dies_once(folder.path())));
    assert_eq!((first.source_engine, second.source_engine), (SourceEngine::PdfExtract, SourceEngine::Pdfium));
    assert_eq!(first.size, second.size);
    let (first, second) = (places_of(&first), places_of(&second));
    assert_eq!(first.len(), 5);
    assert!(first.keys().eq(second.keys()), "{second:?}");
    for (first, second) in first.values().zip(second.values()) {
        let near = first.iter().zip(second).all(|(ours, theirs)| (ours - theirs).abs() < 2.0);
        assert!(near, "{first:?} and {second:?}");
    }
}

/// Left, bottom, right and top of each word.
#[cfg(unix)]
fn places_of(page: &Page) -> BTreeMap<&str, [f32; 4]> {
    let place = |word: &Word| {
        let Bounds { left, bottom, right, top } = word.bounds;
        (&page.text[word.range.clone()], [left, bottom, right, top])
    };
    page.words.iter().map(place).collect()
}
