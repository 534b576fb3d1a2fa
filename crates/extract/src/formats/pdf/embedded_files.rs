//! Files that a PDF carries: those of a portfolio, and those attached to it or to a place on a page.

use std::collections::HashSet;

use pdf_extract::{Dictionary, Document};

use super::filters::decoded;
use super::lookup::{as_dictionary, catalog_of, get, get_array, get_dictionary, get_name, resolve, text};
use super::page_tree::PageEntry;
use crate::formats::{DocumentInfo, PageSink, enclosed};

/// Name trees nest no deeper; damaged ones lead in circles.
const DEEPEST: usize = 32;
/// More than any portfolio has.
const MOST_FILES: usize = 1_000;

pub(super) struct EmbeddedFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Each file once, in the order of their names in the document, then of their places on the pages.
pub(super) fn embedded_files(document: &Document, pages: &[PageEntry]) -> Vec<EmbeddedFile> {
    let mut specifications = Vec::new();
    let names = catalog_of(document).and_then(|catalog| get_dictionary(document, catalog, b"Names"));
    if let Some(tree) = names.and_then(|names| get_dictionary(document, names, b"EmbeddedFiles")) {
        collect(document, tree, 0, &mut specifications);
    }
    for page in pages {
        let annotations = get_array(document, &page.dictionary, b"Annots").unwrap_or_default();
        let annotations =
            annotations.iter().filter_map(|item| resolve(document, item).and_then(as_dictionary));
        let attached =
            annotations.filter(|item| get_name(document, item, b"Subtype") == Some(b"FileAttachment"));
        specifications.extend(attached.filter_map(|item| get_dictionary(document, item, b"FS")));
    }
    let mut seen = HashSet::new();
    let files = specifications.into_iter().filter_map(|specification| {
        let streams = get_dictionary(document, specification, b"EF")?;
        let stream = [b"UF".as_slice(), b"F"].into_iter().find_map(|key| streams.get(key).ok())?;
        let is_new = stream.as_reference().map_or(true, |id| seen.insert(id));
        let bytes = decoded(document, resolve(document, stream)?.as_stream().ok().filter(|_| is_new)?);
        Some(EmbeddedFile { name: name_of(document, specification), bytes })
    });
    files.take(MOST_FILES).collect()
}

/// Their pages follow the `pages` of the document. A file that is not read costs a warning.
pub(super) fn read_embedded(
    files: &[EmbeddedFile],
    depth: u8,
    pages: usize,
    info: &mut DocumentInfo,
    sink: PageSink,
) {
    let mut next = u32::try_from(pages).unwrap_or(u32::MAX).saturating_add(1);
    for EmbeddedFile { name, bytes } in files {
        match enclosed::read(name, bytes, depth, next, info) {
            Ok(pages) => {
                next = pages.last().map_or(next, |last| last.number + 1);
                pages.into_iter().for_each(&mut *sink);
            }
            Err(reason) => info.warnings.push(format!("The attached file {name} was not read. {reason}")),
        }
    }
}

/// The file specifications below a node of a name tree.
fn collect<'a>(document: &'a Document, node: &'a Dictionary, depth: usize, found: &mut Vec<&'a Dictionary>) {
    if depth > DEEPEST || found.len() >= MOST_FILES {
        return;
    }
    let names = get_array(document, node, b"Names").unwrap_or_default();
    let values = names.iter().skip(1).step_by(2);
    found.extend(values.filter_map(|value| resolve(document, value).and_then(as_dictionary)));
    for kid in get_array(document, node, b"Kids").unwrap_or_default() {
        if let Some(kid) = resolve(document, kid).and_then(as_dictionary) {
            collect(document, kid, depth + 1, found);
        }
    }
}

fn name_of(document: &Document, specification: &Dictionary) -> String {
    let names = [b"UF".as_slice(), b"F"].into_iter();
    let mut names = names.filter_map(|key| get(document, specification, key).and_then(text));
    names.find(|name| !name.is_empty()).unwrap_or_else(|| "without a name".to_owned())
}
