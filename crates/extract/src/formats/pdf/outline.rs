//! What a PDF says about itself: its title and its bookmarks.

use std::collections::{HashMap, HashSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::lookup::{as_dictionary, catalog_of, get, get_array, get_dictionary, resolve};
use super::page_tree::PageEntry;
use crate::OutlineEntry;

/// More bookmarks than any book has.
const MOST_ENTRIES: usize = 20_000;
const DEEPEST: u8 = 32;

/// From the document's information dictionary. Programs put file names there, which are no titles.
pub(super) fn title_of(document: &Document) -> Option<String> {
    let info = resolve(document, document.trailer.get(b"Info").ok()?).and_then(as_dictionary)?;
    let title = text(get(document, info, b"Title")?)?;
    let made_by_program = title.starts_with("Microsoft Word - ")
        || title.eq_ignore_ascii_case("untitled")
        || [".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".pdf", ".indd", ".qxd", ".tex", ".dvi"]
            .iter()
            .any(|ending| title.to_lowercase().ends_with(ending));
    (!made_by_program).then_some(title)
}

/// The bookmarks that point to a page, in their order.
pub(super) fn outline_of(document: &Document, pages: &[PageEntry]) -> Vec<OutlineEntry> {
    let numbers = pages.iter().zip(1..).filter_map(|(page, number)| Some((page.id?, number))).collect();
    let Some(catalog) = catalog_of(document) else { return Vec::new() };
    let mut walk = Walk { document, catalog, numbers, seen: HashSet::new(), entries: Vec::new() };
    if let Some(outlines) = get_dictionary(document, catalog, b"Outlines") {
        walk.children(outlines, 1);
    }
    walk.entries
}

struct Walk<'a> {
    document: &'a Document,
    catalog: &'a Dictionary,
    numbers: HashMap<ObjectId, u32>,
    seen: HashSet<ObjectId>,
    entries: Vec<OutlineEntry>,
}

impl<'a> Walk<'a> {
    fn children(&mut self, parent: &'a Dictionary, level: u8) {
        let mut next = parent.get(b"First").ok();
        while let Some(item) = next.and_then(|item| item.as_reference().ok()) {
            if level > DEEPEST || self.entries.len() >= MOST_ENTRIES || !self.seen.insert(item) {
                return;
            }
            let Some(dictionary) = self.document.objects.get(&item).and_then(as_dictionary) else { return };
            let title = get(self.document, dictionary, b"Title").and_then(text);
            if let (Some(title), Some(page)) = (title, self.page(dictionary)) {
                self.entries.push(OutlineEntry { title, level, page });
            }
            self.children(dictionary, level + 1);
            next = dictionary.get(b"Next").ok();
        }
    }

    /// Where a bookmark leads: its own destination, or that of its action.
    fn page(&self, item: &'a Dictionary) -> Option<u32> {
        let destination = get(self.document, item, b"Dest").or_else(|| {
            let action = get_dictionary(self.document, item, b"A")?;
            get(self.document, action, b"D")
        })?;
        self.page_of_destination(destination)
    }

    fn page_of_destination(&self, destination: &'a Object) -> Option<u32> {
        let target = match destination {
            Object::Array(target) => target,
            Object::Dictionary(named) => get_array(self.document, named, b"D")?,
            Object::Name(name) | Object::String(name, _) => match self.named(name)? {
                Object::Array(target) => target,
                Object::Dictionary(named) => get_array(self.document, named, b"D")?,
                _ => return None,
            },
            _ => return None,
        };
        match target.first()? {
            Object::Reference(id) => self.numbers.get(id).copied(),
            Object::Integer(index) => u32::try_from(index + 1).ok(),
            _ => None,
        }
    }

    fn named(&self, name: &[u8]) -> Option<&'a Object> {
        if let Some(names) = get_dictionary(self.document, self.catalog, b"Dests") {
            return get(self.document, names, name);
        }
        let names = get_dictionary(self.document, self.catalog, b"Names")?;
        self.find_in_tree(get_dictionary(self.document, names, b"Dests")?, name, 0)
    }

    fn find_in_tree(&self, node: &'a Dictionary, name: &[u8], depth: u8) -> Option<&'a Object> {
        if let Some(names) = get_array(self.document, node, b"Names") {
            let pairs = names.as_chunks::<2>().0;
            let found = pairs.iter().find(|[key, _]| key.as_str().is_ok_and(|key| key == name))?;
            return resolve(self.document, &found[1]);
        }
        let kids = get_array(self.document, node, b"Kids").filter(|_| depth < DEEPEST)?;
        kids.iter().filter_map(|kid| resolve(self.document, kid).and_then(as_dictionary)).find_map(|kid| {
            let limits = get_array(self.document, kid, b"Limits").unwrap_or_default();
            let outside = match limits {
                [Object::String(first, _), Object::String(last, _)] => {
                    name < first.as_slice() || name > last.as_slice()
                }
                _ => false,
            };
            if outside { None } else { self.find_in_tree(kid, name, depth + 1) }
        })
    }
}

fn text(object: &Object) -> Option<String> {
    let decoded = decode_text_string(object).ok()?;
    let text: String = decoded
        .chars()
        .map(|character| if character.is_control() || character == '\u{a0}' { ' ' } else { character })
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
