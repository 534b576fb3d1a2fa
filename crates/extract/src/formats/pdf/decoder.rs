//! Glyphs out of pages: pdf-extract is given many flattened pages as if they were one, so that it looks at each
//! font once, and is caught where it panics.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream, dictionary, output_doc_page};

use super::flatten::{FontNames, flatten_page};
use super::fonts::{Effort, prepare};
use super::form_fields::typed_on;
use super::glyphs::{Glyph, GlyphCollector};
use super::layers::Layers;
use super::lookup::{as_dictionary, resolve};
use super::page_tree::PageEntry;

/// What is decoded in one go: enough to make a font's cost small, little enough to see progress.
const BATCH_PAGES: usize = 32;
const BATCH_BYTES: usize = 1 << 20;

/// The glyphs of one page, and why there may be too few of them.
pub(super) struct DecodedPage {
    pub glyphs: Vec<Glyph>,
    pub failed: bool,
    /// Whether there may be pictures beside the glyphs.
    pub has_pictures: bool,
}

pub(super) struct Decoder {
    document: Document,
    layers: Layers,
    pages: Vec<PageEntry>,
    names: FontNames,
    /// The prepared fonts under their names, as far as they have been needed.
    fonts: Dictionary,
    /// Fonts on pages that made pdf-extract panic.
    suspect_fonts: BTreeSet<String>,
    /// The one page that pdf-extract sees, and its content.
    page: ObjectId,
    content: ObjectId,
}

impl Decoder {
    /// The document's own page tree is out of reach afterwards.
    pub fn new(mut document: Document, layers: Layers, pages: Vec<PageEntry>) -> Self {
        let content = document.add_object(Object::Null);
        let page = document.add_object(Object::Null);
        let tree =
            document.add_object(dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let (names, fonts) = (FontNames::default(), Dictionary::new());
        Self { document, layers, pages, names, fonts, suspect_fonts: BTreeSet::new(), page, content }
    }

    /// Some pages from this one (counted from 0) on; at least one, and none behind the last.
    pub fn decode_from(&mut self, first: usize) -> Vec<DecodedPage> {
        let mut content = Vec::new();
        let mut end = first;
        let mut pictures = Vec::new();
        while end < self.pages.len() && end - first < BATCH_PAGES && content.len() < BATCH_BYTES {
            let page = &self.pages[end];
            pictures.push(flatten_page(&self.document, &self.layers, page, &mut self.names, &mut content));
            end += 1;
        }
        let mut decoded: Vec<DecodedPage> = Vec::new();
        let (pages, whole) = self.run(content);
        let pages = pages.into_iter().zip(pictures);
        decoded.extend(pages.map(|(glyphs, has_pictures)| DecodedPage {
            glyphs,
            failed: false,
            has_pictures,
        }));
        decoded.truncate(end - first);
        if !whole {
            // The page that it stopped at gets a second try by itself; those behind it come with the next call.
            let stopped_at = first + decoded.len().saturating_sub(1);
            let again = self.decode_alone(stopped_at);
            match decoded.last_mut() {
                Some(partial) if partial.glyphs.len() < again.glyphs.len() || !again.failed => {
                    *partial = again;
                }
                Some(partial) => partial.failed = true,
                None => decoded.push(again),
            }
        }
        for (page, entry) in decoded.iter_mut().zip(&self.pages[first..]) {
            page.glyphs.extend(typed_on(&self.document, entry));
        }
        decoded
    }

    /// With the fonts of this page as plain as they can be, from now on.
    fn decode_alone(&mut self, index: usize) -> DecodedPage {
        let mut names = FontNames::default();
        let mut content = Vec::new();
        flatten_page(&self.document, &self.layers, &self.pages[index], &mut names, &mut content);
        for (_, font) in &names.fonts {
            let known = self.names.fonts.iter().find(|(_, known)| known == font);
            if let Some((name, _)) = known {
                self.suspect_fonts.insert(name.clone());
                self.fonts.remove(name.as_bytes());
            }
        }
        content.clear();
        let page = &self.pages[index];
        let has_pictures = flatten_page(&self.document, &self.layers, page, &mut self.names, &mut content);
        let (mut pages, whole) = self.run(content);
        DecodedPage { glyphs: pages.pop().unwrap_or_default(), failed: !whole, has_pictures }
    }

    /// Whether it came to the end of the content, besides what it found until there.
    fn run(&mut self, content: Vec<u8>) -> (Vec<Vec<Glyph>>, bool) {
        self.prepare_fonts();
        self.document.objects.insert(self.content, Stream::new(Dictionary::new(), content).into());
        let page = dictionary! {
            "Type" => "Page",
            "Contents" => self.content,
            "Resources" => dictionary! { "Font" => self.fonts.clone() },
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        };
        self.document.objects.insert(self.page, page.into());
        let mut collector = GlyphCollector::default();
        let result = catch_unwind(AssertUnwindSafe(|| output_doc_page(&self.document, &mut collector, 1)));
        (collector.pages, matches!(result, Ok(Ok(()))))
    }

    fn prepare_fonts(&mut self) {
        for (name, font) in &self.names.fonts {
            if self.fonts.has(name.as_bytes()) {
                continue;
            }
            let effort =
                if self.suspect_fonts.contains(name) { Effort::DictionaryOnly } else { Effort::Full };
            let font = resolve(&self.document, font).and_then(as_dictionary).cloned().unwrap_or_default();
            let prepared = prepare(&mut self.document, &font, effort);
            let id = self.document.add_object(prepared);
            self.fonts.set(name.as_bytes(), id);
        }
    }
}
