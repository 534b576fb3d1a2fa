//! Text recognition: pages that are pictures, drawn by PDFium and read by Tesseract where it is installed.

pub(super) mod ink;
mod tesseract;
mod tsv;

use super::layout::{self, PageText};
use super::pdfium::{self, Picture};
use crate::TextRecognition;

pub(super) use tesseract::is_installed;

/// What it can do about pages that are pictures.
pub(super) fn state() -> TextRecognition {
    match (is_installed(), pdfium::is_available()) {
        (true, true) => TextRecognition::FoundNothing,
        (true, false) => TextRecognition::NoPdfium,
        (false, _) => TextRecognition::NoTesseract,
    }
}

/// What was read off a picture, and how sure Tesseract is of it, from 0 to 1.
#[derive(Default)]
pub(super) struct Recognised {
    pub text: PageText,
    pub confidence: f32,
}

/// Reads the text off a page of this height in points. Nothing where the page is blank, or where reading takes too
/// long.
pub(super) fn recognise(picture: &Picture, height: f64) -> Recognised {
    if ink::is_blank(picture) {
        return Recognised::default();
    }
    let Some(table) = tesseract::read(picture) else { return Recognised::default() };
    let paragraphs = tsv::paragraphs_of(&table, picture.scale, height);
    Recognised { text: layout::text_of(&paragraphs.lines), confidence: paragraphs.confidence }
}
