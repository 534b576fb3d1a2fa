//! Each page by what reads it best: pdf-extract, PDFium where that reads badly, or text recognition.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::decoder::DecodedPage;
use super::layout::{FontSizes, page_text};
use super::lines::{Line, lines_of};
use super::page_tree::View;
use super::pdfium::{PdfiumDocument, Picture};
use super::recognition::{self, Recognised, ink};
use super::{Source, quality, transcript};
use crate::{ILLEGIBLE, Page, PageFinding, SourceEngine, Transcript, Warning};

/// Pages of a lower quality are read again by PDFium.
const RELIABLE: f32 = 0.95;

/// What the text of a page is worth that shows something of which nothing was read.
const UNREAD: f32 = 0.0;
/// What a page's text is worth that is but a small part of what the page shows.
const PARTIAL: f32 = 0.4;
/// In letters. A page with more of them has its text.
const MOST_OF_A_STAMP: usize = 200;
/// The share of a page that is ink: less is a logo, more a photograph.
const INK_OF_WRITING: RangeInclusive<f32> = 0.01..=0.25;
/// Enough to tell writing from paper, in pixels.
const SMALL_PICTURE: u32 = 900;
/// The text of a picture replaces that of a stamp if there is so much more of it.
const MORE: f32 = 2.0;

/// The pages of one document, read in their order.
pub(super) struct BestReading<'a> {
    second: Second<'a>,
    transcripts: &'a [Transcript],
    recognising: &'a dyn Fn(),
    sizes: FontSizes,
    pages: u32,
    findings: BTreeMap<PageFinding, Vec<u32>>,
}

/// PDFium's hold on the file; most files never need it.
enum Second<'a> {
    NotYet(&'a Source<'a>),
    Open(Box<PdfiumDocument<'a>>),
    /// It is not there, or cannot open the file.
    None,
}

impl<'a> Second<'a> {
    fn document(&mut self) -> Option<&PdfiumDocument<'a>> {
        if let Self::NotYet(source) = self {
            *self = match PdfiumDocument::open(source.bytes, source.password) {
                Some(Ok(document)) => Self::Open(document.into()),
                _ => Self::None,
            };
        }
        match self {
            Self::Open(document) => Some(document),
            Self::NotYet(_) | Self::None => None,
        }
    }
}

impl<'a> BestReading<'a> {
    pub fn of(source: &'a Source<'a>) -> Self {
        Self::with(source, Second::NotYet(source))
    }

    pub fn by_pdfium(source: &'a Source<'a>, document: PdfiumDocument<'a>) -> Self {
        Self::with(source, Second::Open(document.into()))
    }

    fn with(source: &'a Source<'a>, second: Second<'a>) -> Self {
        Self {
            second,
            transcripts: source.transcripts,
            recognising: source.recognising,
            sizes: FontSizes::default(),
            pages: 0,
            findings: BTreeMap::new(),
        }
    }

    pub fn into_warnings(self) -> Vec<Warning> {
        let findings = self.findings.into_iter();
        findings.map(|(finding, pages)| Warning::Pages { pages, finding }).collect()
    }

    /// The next pages, as pdf-extract has decoded them.
    pub fn pages(&mut self, batch: &[(&DecodedPage, &View)]) -> Vec<Page> {
        let lines: Vec<Vec<Line>> =
            batch.iter().map(|(decoded, view)| lines_of(&decoded.glyphs, view)).collect();
        lines.iter().for_each(|lines| self.sizes.add(lines));
        batch.iter().zip(lines).map(|((decoded, view), lines)| self.page(decoded, &lines, view)).collect()
    }

    fn page(&mut self, decoded: &DecodedPage, lines: &[Line], view: &View) -> Page {
        let index = self.pages as usize;
        self.pages += 1;
        let mut page = self.laid_out(decoded, lines, view, SourceEngine::PdfExtract);
        if page.quality < RELIABLE || page.text.is_empty() {
            match self.second.document().and_then(|document| document.decode(index, view)) {
                Some(decoded) => {
                    let lines = lines_of(&decoded.glyphs, view);
                    let other = self.laid_out(&decoded, &lines, view, SourceEngine::Pdfium);
                    if worth(&other) > worth(&page) {
                        page = other;
                    }
                }
                None if page.quality >= ILLEGIBLE
                    && !page.text.is_empty()
                    && !super::pdfium::is_available() =>
                {
                    self.note(&page, PageFinding::Unsure);
                }
                None => {}
            }
        }
        if decoded.failed && page.source_engine == SourceEngine::PdfExtract {
            self.note(&page, PageFinding::Unfinished);
        }
        self.with_picture_read(page, decoded.has_pictures, view)
    }

    /// The next page, which is this one counted from 0.
    pub fn page_by_pdfium(&mut self, index: usize) -> Page {
        self.pages += 1;
        let document = self.second.document();
        let view = document.and_then(|document| document.view(index));
        let view = view.unwrap_or_else(|| View::of(None, None, 0));
        let decoded = self.second.document().and_then(|document| document.decode(index, &view));
        let decoded = decoded.unwrap_or(DecodedPage { glyphs: Vec::new(), failed: true, has_pictures: true });
        let lines = lines_of(&decoded.glyphs, &view);
        self.sizes.add(&lines);
        let label = self.second.document().and_then(|document| document.label(index));
        let page = Page { label, ..self.laid_out(&decoded, &lines, &view, SourceEngine::Pdfium) };
        self.with_picture_read(page, decoded.has_pictures, &view)
    }

    fn laid_out(
        &self,
        decoded: &DecodedPage,
        lines: &[Line],
        view: &View,
        source_engine: SourceEngine,
    ) -> Page {
        let laid_out = page_text(lines, self.sizes.body());
        Page {
            number: self.pages,
            label: None,
            quality: quality::of(&laid_out.text, decoded),
            text: laid_out.text,
            blocks: laid_out.blocks,
            words: laid_out.words,
            size: Some((view.width as f32, view.height as f32)),
            source_engine,
        }
    }

    /// A page without text, with none that means anything, or with no more than a stamp on a picture, as its
    /// transcript has it, or as text recognition reads it, where it is there.
    fn with_picture_read(&mut self, page: Page, has_pictures: bool, view: &View) -> Page {
        let legible = !page.text.is_empty() && page.quality >= ILLEGIBLE;
        if legible && !(has_pictures && self.shows_more(&page)) {
            return page;
        }
        if page.text.is_empty() && self.is_blank(&page) {
            return page;
        }
        let transcript = self.transcripts.iter().find(|transcript| transcript.page == page.number);
        if let Some(transcript) = transcript.filter(|transcript| !transcript.text.is_empty()) {
            self.note(&page, PageFinding::Transcribed { model: transcript.model.clone() });
            return transcript::page_of(transcript, &page);
        }
        let picture = self.recognised(&page, view).map(|recognised| Page {
            text: recognised.text.text,
            blocks: recognised.text.blocks,
            words: recognised.text.words,
            quality: recognised.confidence,
            source_engine: recognised.engine,
            label: page.label.clone(),
            ..page
        });
        match picture {
            Some(picture) if legible && worth(&picture) < MORE * worth(&page) => page,
            None if legible => {
                self.note(&page, PageFinding::Stamped);
                Page { quality: PARTIAL, ..page }
            }
            Some(picture) if !picture.text.is_empty() && worth(&picture) >= worth(&page) => {
                self.note(&picture, PageFinding::Recognised);
                picture
            }
            other if page.text.is_empty() => {
                let finding = match transcript {
                    Some(Transcript { model, .. }) => PageFinding::SeenEmpty { model: model.clone() },
                    None => PageFinding::WithoutText { recognition: recognition::state() },
                };
                self.note(&page, finding);
                Page { quality: UNREAD, ..other.unwrap_or(page) }
            }
            _ => {
                self.note(&page, PageFinding::Illegible);
                page
            }
        }
    }

    fn note(&mut self, page: &Page, finding: PageFinding) {
        self.findings.entry(finding).or_default().push(page.number);
    }

    /// Whether there is far more ink on a page than its little text takes: scans are stamped with numbers.
    fn shows_more(&mut self, page: &Page) -> bool {
        let letters = page.text.chars().filter(|character| character.is_alphanumeric()).count();
        let Some((_, height)) = page.size.filter(|_| letters <= MOST_OF_A_STAMP) else { return false };
        self.small_picture(page)
            .is_some_and(|picture| INK_OF_WRITING.contains(&ink::share_outside(picture, &page.words, height)))
    }

    /// Whether nothing is printed on a page: without PDFium nobody knows.
    fn is_blank(&mut self, page: &Page) -> bool {
        self.small_picture(page).is_some_and(|picture| ink::is_bare(&picture))
    }

    fn small_picture(&mut self, page: &Page) -> Option<Picture> {
        self.second.document()?.draw_within(page.number as usize - 1, SMALL_PICTURE)
    }

    fn recognised(&mut self, page: &Page, view: &View) -> Option<Recognised> {
        if !recognition::is_available() {
            return None;
        }
        let picture = self.second.document()?.draw(page.number as usize - 1)?;
        (self.recognising)();
        recognition::recognise(&picture, view)
    }
}

/// How much of it can be read.
fn worth(page: &Page) -> f32 {
    page.quality * page.text.chars().filter(|character| !character.is_whitespace()).count() as f32
}
