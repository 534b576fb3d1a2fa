//! Text recognition: pages that are pictures, drawn by PDFium, read by Tesseract where it is installed and by the model
//! that comes with the app.

pub(super) mod ink;
mod model;
mod tesseract;
mod tsv;

use super::layout::{self, PageText};
use super::page_tree::View;
use super::pdfium::{self, Picture};
use crate::{SourceEngine, TextRecognition};

/// A page of which Tesseract is less sure than this is read by the model too, which takes several times as long. It is
/// surer of print in its languages (.92 to .96) and mostly of slides, less sure of tables over colours and of forms filled
/// in by hand (.67 to .89), of Turkish read as English (.87), and least of other scripts (.46 to .66).
const SURE: f32 = 0.9;

/// Whether anything is there that reads pictures.
pub(super) fn is_available() -> bool {
    model::is_installed() || tesseract::is_installed()
}

/// What it can do about pages that are pictures.
pub(super) fn state() -> TextRecognition {
    match (is_available(), pdfium::is_available()) {
        (true, true) => TextRecognition::FoundNothing,
        (true, false) => TextRecognition::NoPdfium,
        (false, _) => TextRecognition::NoTesseract,
    }
}

/// What was read off a picture.
pub(super) struct Recognised {
    pub text: PageText,
    /// How sure its reader is of it, from 0 to 1.
    pub confidence: f32,
    pub engine: SourceEngine,
}

impl Recognised {
    /// How much of it can be relied on.
    fn worth(&self) -> f32 {
        self.confidence
            * self.text.text.chars().filter(|character| character.is_alphanumeric()).count() as f32
    }
}

/// Reads the text off a page. Nothing where the page is blank, or where nothing can read it.
pub(super) fn recognise(picture: &Picture, view: &View) -> Option<Recognised> {
    if ink::is_blank(picture) {
        return None;
    }
    let by_tesseract = by_tesseract(picture, view);
    if by_tesseract.as_ref().is_some_and(|reading| reading.confidence >= SURE) {
        return by_tesseract;
    }
    let readings = by_tesseract.into_iter().chain(model::read(picture, view));
    readings.max_by(|one, other| one.worth().total_cmp(&other.worth()))
}

fn by_tesseract(picture: &Picture, view: &View) -> Option<Recognised> {
    let table = tesseract::read(picture)?;
    let paragraphs = tsv::paragraphs_of(&table, picture.scale, view.height);
    Some(Recognised {
        text: layout::text_of(&paragraphs.lines),
        confidence: paragraphs.confidence,
        engine: SourceEngine::Tesseract,
    })
}
