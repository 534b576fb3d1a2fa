//! Files that a PDF carries: those of a portfolio, and those attached to it or to a place on a page.

use std::collections::HashSet;

use pdf_extract::{Dictionary, Document};

use super::filters::decoded;
use super::lookup::{as_dictionary, catalog_of, get, get_array, get_dictionary, get_name, resolve, text};
use super::page_tree::PageEntry;
use crate::formats::{DocumentInfo, PageSink, enclosed};
use crate::{Page, Warning};

/// Name trees nest no deeper; damaged ones lead in circles.
const DEEPEST: usize = 32;
/// In reports that carry themselves as XML .73 to .93 of the pairs of neighbouring words stand on the pages too, and other
/// files share only what any two texts of a language do.
const KNOWN_PAIRS: f64 = 0.5;
/// More than any portfolio has.
const MOST_FILES: usize = 1_000;

pub(super) struct EmbeddedFiles {
    files: Vec<(String, Vec<u8>)>,
    /// Neighbouring words of the document's own pages.
    on_pages: HashSet<(String, String)>,
}

impl EmbeddedFiles {
    /// Each file once, in the order of their names in the document, then of their places on the pages.
    pub fn of(document: &Document, pages: &[PageEntry]) -> Self {
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
            Some((name_of(document, specification), bytes))
        });
        Self { files: files.take(MOST_FILES).collect(), on_pages: HashSet::new() }
    }

    /// Takes note of what one of the document's own pages says.
    pub fn compare_with(&mut self, page: &Page) {
        if !self.files.is_empty() {
            self.on_pages.extend(pairs(page));
        }
    }

    /// Their pages follow the `pages` of the document. A file that is not read costs a warning, and so does one that says
    /// the same as the document: forms and reports carry themselves as data.
    pub fn read(self, depth: u8, pages: usize, info: &mut DocumentInfo, sink: PageSink) {
        let mut next = u32::try_from(pages).unwrap_or(u32::MAX).saturating_add(1);
        for (name, bytes) in &self.files {
            let mut inner = DocumentInfo::default();
            match enclosed::read(name, bytes, depth, next, &mut inner) {
                Ok(pages) if self.are_known(&pages) => {
                    info.warnings.push(Warning::AttachedFileKnown { name: name.clone() });
                }
                Ok(pages) => {
                    next = pages.last().map_or(next, |last| last.number + 1);
                    pages.into_iter().for_each(&mut *sink);
                    info.outline.append(&mut inner.outline);
                    info.warnings.append(&mut inner.warnings);
                }
                Err(reason) => {
                    info.warnings.push(Warning::AttachedFileNotRead { name: name.clone(), reason });
                }
            }
        }
    }

    fn are_known(&self, pages: &[Page]) -> bool {
        let said: HashSet<_> = pages.iter().flat_map(pairs).collect();
        let known = said.iter().filter(|pair| self.on_pages.contains(*pair)).count();
        !said.is_empty() && known as f64 > KNOWN_PAIRS * said.len() as f64
    }
}

fn pairs(page: &Page) -> Vec<(String, String)> {
    let words: Vec<String> = page
        .text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
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
