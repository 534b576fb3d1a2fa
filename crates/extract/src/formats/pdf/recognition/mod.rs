//! Text recognition: pages that are pictures, drawn by PDFium and read by Tesseract where it is installed.

mod tesseract;
mod tsv;

use super::layout::{self, PageText};
use super::pdfium::{self, Picture};
use crate::TextRecognition;

pub(super) use tesseract::is_installed;

/// Of a page's pixels at least one in so many is ink, if there is anything to read.
const PIXELS_PER_INK: usize = 2_000;
/// Darker than this, of 255, is ink.
const DARK: u8 = 128;

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
    if is_blank(picture) {
        return Recognised::default();
    }
    let Some(table) = tesseract::read(picture) else { return Recognised::default() };
    let paragraphs = tsv::paragraphs_of(&table, picture.scale, height);
    Recognised { text: layout::text_of(&paragraphs.lines), confidence: paragraphs.confidence }
}

fn is_blank(picture: &Picture) -> bool {
    let ink = picture.pixels.iter().filter(|pixel| **pixel < DARK).count();
    ink * PIXELS_PER_INK < picture.pixels.len()
}
