//! What people wrote on a page beside its text: notes and the comments of marks, which show when they are opened.

use pdf_extract::{Dictionary, Document};

use super::annotations::is_visible;
use super::layers::Layers;
use super::lookup::{as_dictionary, get, get_array, get_name, resolve, text};
use super::page_tree::PageEntry;

/// The kinds of annotation whose `Contents` somebody wrote to be read. Those of links and fields describe them, those
/// of text on the page are read where they show.
const COMMENTS: [&[u8]; 14] = [
    b"Text",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"Ink",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Stamp",
    b"FileAttachment",
];

/// The notes of a page in the file's order.
pub(super) fn notes_on(document: &Document, layers: &Layers, page: &PageEntry) -> Vec<String> {
    let annotations = get_array(document, &page.dictionary, b"Annots").unwrap_or_default();
    let annotations = annotations.iter().filter_map(|item| resolve(document, item).and_then(as_dictionary));
    let shown = annotations
        .filter(|annotation| is_visible(document, annotation) && !layers.hide_object(document, annotation));
    shown.filter_map(|annotation| note_in(document, annotation)).collect()
}

fn note_in(document: &Document, annotation: &Dictionary) -> Option<String> {
    let kind = get_name(document, annotation, b"Subtype")?;
    let contents = get(document, annotation, b"Contents").filter(|_| COMMENTS.contains(&kind))?;
    let note = text(contents)?.replace("\r\n", "\n").replace('\r', "\n");
    let note = note.trim().replace(|c: char| c.is_control() && c != '\n' && c != '\t', "");
    (!note.is_empty()).then_some(note)
}
