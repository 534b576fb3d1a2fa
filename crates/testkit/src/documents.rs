//! Builders of small PDFs.

use pdf_extract::content::{Content, Operation};
use pdf_extract::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, Stream,
    dictionary,
};

/// A4 in points.
const PAGE_SIZE: [i64; 2] = [595, 842];
const MARGIN: i64 = 72;
const FONT_SIZE: i64 = 11;
const LEADING: i64 = 14;
const BAR_DISTANCE: i64 = 40;

/// A PDF whose pages hold the given lines, each under the one before it. A page without lines is blank.
///
/// Lines are of Latin-1 text, about 85 letters to the width of a page.
///
/// # Panics
/// If a line has a letter outside Latin-1.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    bytes(&mut document(&written(pages)))
}

fn written<'a>(pages: &[&'a [&'a str]]) -> Vec<Stands<'a>> {
    pages.iter().map(|lines| Stands::Lines(lines)).collect()
}

/// What stands on a page.
#[derive(Debug, Clone, Copy)]
pub enum Stands<'a> {
    /// Lines of Latin-1 text.
    Lines(&'a [&'a str]),
    /// So many black bars and no text, as on a scan.
    Bars(u8),
}

/// A PDF with pages of both kinds.
///
/// # Panics
/// As [`pdf`].
pub fn mixed_pdf(pages: &[Stands]) -> Vec<u8> {
    bytes(&mut document(pages))
}

/// The same, encrypted: it opens with `password` only.
///
/// # Panics
/// As [`pdf`].
pub fn encrypted_pdf(pages: &[Stands], password: &str) -> Vec<u8> {
    let mut document = document(pages);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: password,
        user_password: password,
        key_length: 128,
        permissions: Permissions::empty(),
    };
    let state = EncryptionState::try_from(version).expect("the password is plain text");
    document.encrypt(&state).expect("the document is not encrypted yet");
    bytes(&mut document)
}

/// What is left of a PDF when a download stops before the catalogue: no reader gets a page out of it.
pub fn damaged_pdf() -> Vec<u8> {
    let whole = pdf(&[&["This line never arrives."]]);
    whole[..whole.len() / 4].to_vec()
}

fn document(pages: &[Stands]) -> Document {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let kids: Vec<Object> =
        pages.iter().map(|page| Object::Reference(add_page(&mut document, tree, page))).collect();
    document.objects.insert(
        tree,
        Object::Dictionary(dictionary! {
            "Type" => "Pages",
            "Count" => kids.len() as i64,
            "Kids" => kids,
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
            "MediaBox" => vec![0.into(), 0.into(), PAGE_SIZE[0].into(), PAGE_SIZE[1].into()],
        }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    // Encryption derives its key from the file's identifier.
    let identifier = Object::string_literal("footnote-testkit");
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    document
}

fn add_page(document: &mut Document, tree: ObjectId, page: &Stands) -> ObjectId {
    let operations = match page {
        Stands::Lines(lines) => lines_of(lines),
        Stands::Bars(count) => bars_of(*count),
    };
    let content = Content { operations }.encode().expect("the operations are well formed");
    let contents = document.add_object(Stream::new(Dictionary::new(), content));
    document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => contents })
}

fn lines_of(lines: &[&str]) -> Vec<Operation> {
    let mut operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), FONT_SIZE.into()]),
        Operation::new("TL", vec![LEADING.into()]),
        Operation::new("Td", vec![MARGIN.into(), (PAGE_SIZE[1] - MARGIN).into()]),
    ];
    for line in lines {
        operations.push(Operation::new("Tj", vec![Object::string_literal(latin_1(line))]));
        operations.push(Operation::new("T*", vec![]));
    }
    operations.push(Operation::new("ET", vec![]));
    operations
}

/// Across the page, from the top.
fn bars_of(count: u8) -> Vec<Operation> {
    let bar = |number: u8| {
        let bottom = PAGE_SIZE[1] - MARGIN - i64::from(number) * BAR_DISTANCE;
        let [width, height] = [PAGE_SIZE[0] - 2 * MARGIN, BAR_DISTANCE / 2];
        Operation::new("re", vec![MARGIN.into(), bottom.into(), width.into(), height.into()])
    };
    (0..count).map(bar).chain([Operation::new("f", vec![])]).collect()
}

fn latin_1(line: &str) -> Vec<u8> {
    line.chars().map(|letter| u8::try_from(letter).expect("lines are of Latin-1 text")).collect()
}

fn bytes(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("writing to memory does not fail");
    bytes
}

#[cfg(test)]
mod tests {
    use pdf_extract::{LoadOptions, PlainTextOutput};

    use super::*;

    const PAGES: &[&[&str]] = &[&["The lamp was lit in 1871.", "It is 14 m high."], &[], &["Caf\u{e9}"]];

    #[test]
    fn a_reader_finds_the_lines_on_their_pages() {
        let pages = pdf_extract::extract_text_from_mem_by_pages(&pdf(PAGES)).unwrap();
        assert_eq!(pages.len(), 3);
        assert!(pages[0].contains("The lamp was lit in 1871.\n"));
        assert!(pages[0].contains("It is 14 m high."));
        assert_eq!(pages[1].trim(), "");
        assert_eq!(pages[2].trim(), "Caf\u{e9}");
    }

    #[test]
    fn an_encrypted_pdf_opens_with_its_password_only() {
        let bytes = encrypted_pdf(&written(PAGES), "harbour");
        assert!(pdf_extract::extract_text_from_mem(&bytes).is_err());
        assert!(Document::load_mem_with_options(&bytes, LoadOptions::with_password("lighthouse")).is_err());
        let document =
            Document::load_mem_with_options(&bytes, LoadOptions::with_password("harbour")).unwrap();
        let mut text = String::new();
        pdf_extract::output_doc(&document, &mut PlainTextOutput::new(&mut text)).unwrap();
        assert!(text.contains("The lamp was lit in 1871."));
    }

    #[test]
    fn a_damaged_pdf_does_not_open() {
        assert!(pdf_extract::extract_text_from_mem(&damaged_pdf()).is_err());
    }
}
