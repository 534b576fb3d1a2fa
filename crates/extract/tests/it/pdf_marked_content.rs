//! What PDFs hide, say in other words, and draw more than once.

use pdf_extract::{Dictionary, Document, Object, Stream, dictionary};

use crate::extract;
use crate::pdf_files::{bytes_of, page_of, pdf_of_contents};

fn text_of(document: Document) -> String {
    let document = extract("test.pdf", &bytes_of(document)).expect("the file is read");
    document.pages[0].text.clone()
}

/// Those that all pages share.
fn resources_of(document: &mut Document) -> &mut Dictionary {
    let pages = document.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).expect("a tree");
    let tree = document.get_dictionary_mut(pages).expect("the tree is a dictionary");
    tree.get_mut(b"Resources").and_then(Object::as_dict_mut).expect("resources")
}

#[test]
fn layers_that_are_off_are_not_read() {
    let mut document = pdf_of_contents(&[b"/OC /Draft BDC BT /F1 12 Tf 72 700 Td (not this) Tj ET EMC \
        /OC /Either BDC BT /F1 12 Tf 72 650 Td (but this) Tj ET EMC /OC /Final BDC BT /F1 12 Tf 72 600 Td (and this) Tj ET EMC"]);
    let [draft, last] = ["Draft", "Final"].map(|name| {
        let layer = dictionary! { "Type" => "OCG", "Name" => Object::string_literal(name) };
        document.add_object(layer)
    });
    let either = document.add_object(dictionary! {
        "Type" => "OCMD", "VE" => vec!["Or".into(), draft.into(), Object::Array(vec!["Not".into(), draft.into()])],
    });
    let properties = dictionary! { "Draft" => draft, "Final" => last, "Either" => either };
    resources_of(&mut document).set("Properties", properties);
    let layers = dictionary! { "OCGs" => vec![draft.into(), last.into()], "D" => dictionary! { "OFF" => vec![draft.into()] } };
    document.catalog_mut().expect("a catalog").set("OCProperties", layers);
    assert_eq!(text_of(document), "but this\n\nand this");
}

#[test]
fn glyphs_that_stand_for_something_else_are_read_as_that() {
    let document = pdf_of_contents(&[
        b"BT /F1 12 Tf 72 700 Td (The ) Tj /Span <</ActualText (first)>> BDC (1st) Tj EMC \
        ( of ) Tj /Span <</ActualText <FEFF004D00E40072007A>>> BDC (M) Tj (rz) Tj EMC ET",
    ]);
    assert_eq!(text_of(document), "The first of M\u{e4}rz");
}

#[test]
fn a_form_that_draws_itself_is_read_once() {
    let mut document = pdf_of_contents(&[b"/Again Do"]);
    let form = document.new_object_id();
    let resources = resources_of(&mut document);
    resources.set("XObject", dictionary! { "Again" => form });
    let resources = resources.clone();
    let form_dictionary = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        "Resources" => resources,
    };
    let content = b"BT /F1 12 Tf 72 700 Td (once) Tj ET 1 0 0 1 0 -20 cm /Again Do".to_vec();
    document.set_object(form, Stream::new(form_dictionary, content));
    assert_eq!(text_of(document), "once");
}

#[test]
fn a_line_stamped_twice_in_one_place_is_read_once() {
    let stamp = "BT /F1 12 Tf 72 700 Td (Confidential draft) Tj ET ";
    let content = format!("{stamp} BT /F1 12 Tf 72 650 Td (Text) Tj ET {stamp}");
    assert_eq!(text_of(pdf_of_contents(&[content.as_bytes()])), "Confidential draft\n\nText");
}

#[test]
fn signs_of_a_formula_stand_between_its_letters() {
    let document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (a) Tj 24 0 Td (b) Tj 24 0 Td (c) Tj \
        -36 0 Td (=) Tj 24 0 Td (+) Tj ET"]);
    assert_eq!(text_of(document), "a = b + c");
}

#[test]
fn a_note_without_a_look_of_its_own_is_read() {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Text) Tj ET"]);
    let note = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "FreeText", "Contents" => Object::string_literal("See page 4"),
        "Rect" => vec![72.into(), 600.into(), 200.into(), 620.into()],
    });
    page_of(&mut document).set("Annots", vec![note.into()]);
    assert_eq!(text_of(document), "Text\n\nSee page 4");
}
