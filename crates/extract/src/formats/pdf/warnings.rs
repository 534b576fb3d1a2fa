//! What a person should know about the pages of a document.

use std::collections::BTreeMap;

use crate::page_ranges;

/// The numbers of the pages that something is to be said about.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    /// Not read to the end.
    pub unfinished: Vec<u32>,
    /// Read badly, for want of PDFium.
    pub unsure: Vec<u32>,
    /// With characters that mean nothing.
    pub illegible: Vec<u32>,
    /// With a stamp on a picture, which was not read.
    pub stamped: Vec<u32>,
    /// Without text, and without any that could be recognised.
    pub without_text: Vec<u32>,
    /// Read off their pictures.
    pub recognised: Vec<u32>,
    /// Read by a vision model, by its name.
    pub transcribed: BTreeMap<String, Vec<u32>>,
    /// Without text to a vision model either.
    pub seen_empty: BTreeMap<String, Vec<u32>>,
}

impl Warnings {
    pub fn sentences(&self) -> Vec<String> {
        let kinds = [
            (&self.unfinished, "could not be read to the end; text may be missing."),
            (&self.unsure, "may be misread: PDFium, which reads such pages better, was not found."),
            (
                &self.illegible,
                "cannot be read: the file does not say which letters its glyphs are. Tesseract and PDFium together \
                 read such pages off their pictures.",
            ),
            (
                &self.stamped,
                "may hold more than the few words that were read: if scanned, install Tesseract \
                 (tesseract-ocr) and add the file again.",
            ),
            (&self.without_text, super::recognition::state().about_pages()),
            (
                &self.recognised,
                "held no text that can be read; what stands there was recognised and may be misread.",
            ),
        ];
        let kinds = kinds.into_iter().filter(|(pages, _)| !pages.is_empty());
        let mut sentences: Vec<String> =
            kinds.map(|(pages, said)| format!("{} {said}", named(pages))).collect();
        sentences.extend(self.transcribed.iter().map(|(model, pages)| {
            format!("{} held no text; {model} read what stands there, and may have misread it.", named(pages))
        }));
        sentences.extend(
            self.seen_empty
                .iter()
                .map(|(model, pages)| format!("{} held no text, and {model} found none.", named(pages))),
        );
        sentences
    }
}

/// `Pages 1, 3–5`
fn named(pages: &[u32]) -> String {
    let name = if pages.len() == 1 { "Page" } else { "Pages" };
    format!("{name} {}", page_ranges(pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_one_by_one() {
        let warnings = Warnings { unfinished: vec![7], recognised: vec![2, 4], ..Warnings::default() };
        let sentences = warnings.sentences();
        assert!(sentences[0].starts_with("Page 7 could not be read"), "{sentences:?}");
        assert!(sentences[1].starts_with("Pages 2, 4 held no text"), "{sentences:?}");
    }
}
