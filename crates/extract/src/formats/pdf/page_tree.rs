//! The pages of a document, with what they inherit.

use std::collections::HashSet;

use pdf_extract::{Dictionary, Document, Object, ObjectId};

use super::filters::decoded;
use super::lookup::{
    as_dictionary, catalog_of, get, get_array, get_dictionary, get_integer, get_name, get_numbers, resolve,
};

/// Deeper trees do not occur; damaged ones lead in circles.
const DEEPEST: usize = 64;

/// More than any book has.
const MOST_PAGES: usize = 100_000;

/// US letter, where a file names no size at all.
const DEFAULT_BOX: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

/// A page's dictionary with the inherited entries filled in.
pub(super) struct PageEntry {
    /// The page's own object, which bookmarks point to.
    pub id: Option<ObjectId>,
    pub dictionary: Dictionary,
}

/// What a reader sees of a page: the crop box, turned.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// Takes the page's coordinates to those of the view: origin at the lower left corner, upright.
    pub matrix: [f64; 6],
    pub width: f64,
    pub height: f64,
}

/// In reading order. Where the tree is missing or broken, all page objects in the order of their numbers.
pub(super) fn pages_of(document: &Document) -> Vec<PageEntry> {
    let mut pages = Vec::new();
    let tree = catalog_of(document).and_then(|catalog| catalog.get(b"Pages").ok());
    if let Some(tree) = tree {
        collect(document, tree, &Dictionary::new(), 0, &mut HashSet::new(), &mut pages);
    }
    if pages.is_empty() {
        let page_objects = document.objects.iter().filter_map(|(id, object)| {
            let dictionary = object.as_dict().ok()?;
            (get_name(document, dictionary, b"Type")? == b"Page").then(|| (*id, dictionary.clone()))
        });
        pages.extend(page_objects.map(|(id, dictionary)| PageEntry { id: Some(id), dictionary }));
    }
    pages
}

const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

fn collect(
    document: &Document,
    node: &Object,
    inherited: &Dictionary,
    depth: usize,
    seen: &mut HashSet<ObjectId>,
    pages: &mut Vec<PageEntry>,
) {
    let id = node.as_reference().ok();
    if depth > DEEPEST || pages.len() >= MOST_PAGES {
        return;
    }
    let Some(dictionary) = resolve(document, node).and_then(as_dictionary) else { return };
    let mut own = inherited.clone();
    for key in INHERITED {
        if let Ok(value) = dictionary.get(key) {
            own.set(key, value.clone());
        }
    }
    if let Some(kids) = get_array(document, dictionary, b"Kids") {
        // A page may be there more than once, a branch may not.
        if id.is_some_and(|id| !seen.insert(id)) {
            return;
        }
        for kid in kids {
            collect(document, kid, &own, depth + 1, seen, pages);
        }
    } else if get_name(document, dictionary, b"Type") != Some(b"Pages") {
        let mut page = dictionary.clone();
        for (key, value) in own {
            page.set(key, value);
        }
        pages.push(PageEntry { id, dictionary: page });
    }
}

impl PageEntry {
    pub fn resources<'a>(&'a self, document: &'a Document) -> Option<&'a Dictionary> {
        get_dictionary(document, &self.dictionary, b"Resources")
    }

    /// Whether the page's content is there, or there is said to be none.
    pub fn has_content(&self, document: &Document) -> bool {
        match self.dictionary.get(b"Contents") {
            Ok(content) => match resolve(document, content) {
                Some(Object::Array(streams)) => {
                    streams.iter().all(|stream| is_whole_stream(document, stream))
                }
                Some(_) => is_whole_stream(document, content),
                None => false,
            },
            Err(_) => true,
        }
    }

    /// The content streams one after the other, as if they were one.
    pub fn content(&self, document: &Document) -> Vec<u8> {
        let mut content = Vec::new();
        let mut append = |object: &Object| {
            if let Some(Object::Stream(stream)) = resolve(document, object) {
                content.extend(decoded(document, stream));
                content.push(b'\n');
            }
        };
        match get(document, &self.dictionary, b"Contents") {
            Some(Object::Array(streams)) => streams.iter().for_each(append),
            Some(stream) => append(stream),
            None => {}
        }
        content
    }

    pub fn view(&self, document: &Document) -> View {
        View::of(
            page_box(document, &self.dictionary, b"MediaBox"),
            page_box(document, &self.dictionary, b"CropBox"),
            get_integer(document, &self.dictionary, b"Rotate").unwrap_or(0),
        )
    }
}

impl View {
    /// By the page's boxes (left, bottom, right, top) and its turn in degrees, clockwise.
    pub fn of(media: Option<[f64; 4]>, crop: Option<[f64; 4]>, turn: i64) -> Self {
        let media = media.unwrap_or(DEFAULT_BOX);
        let crop = crop.unwrap_or(media);
        let (left, bottom) = (crop[0].max(media[0]), crop[1].max(media[1]));
        let (right, top) = (crop[2].min(media[2]), crop[3].min(media[3]));
        let [left, bottom, right, top] =
            if left < right && bottom < top { [left, bottom, right, top] } else { media };
        let (width, height) = (right - left, top - bottom);
        match turn.rem_euclid(360) {
            90 => Self { matrix: [0.0, -1.0, 1.0, 0.0, -bottom, right], width: height, height: width },
            180 => Self { matrix: [-1.0, 0.0, 0.0, -1.0, right, top], width, height },
            270 => Self { matrix: [0.0, 1.0, -1.0, 0.0, top, -left], width: height, height: width },
            _ => Self { matrix: [1.0, 0.0, 0.0, 1.0, -left, -bottom], width, height },
        }
    }

    /// A place on the page, in the view.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let [.., e, f] = self.matrix;
        let (x, y) = self.turn((x, y));
        (x + e, y + f)
    }

    /// A direction on the page, in the view.
    pub fn turn(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, ..] = self.matrix;
        (a * x + c * y, b * x + d * y)
    }
}

/// A stream whose length is wrong is no stream for lopdf, and one without a length is empty.
fn is_whole_stream(document: &Document, object: &Object) -> bool {
    matches!(
        resolve(document, object),
        Some(Object::Stream(stream)) if !stream.content.is_empty() || stream.dict.has(b"Length")
    )
}

/// Left, bottom, right, top; in this order even if the file has other corners first.
fn page_box(document: &Document, page: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let [a, b, c, d] = get_numbers(document, page, key)?;
    let ordered = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (ordered[2] - ordered[0] >= 1.0 && ordered[3] - ordered[1] >= 1.0).then_some(ordered)
}
