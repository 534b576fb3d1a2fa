//! PDF. The way of a page: its content is reduced to text operators (`flatten`, with `fonts` prepared),
//! pdf-extract decodes the glyphs (`decoder`, `glyphs`), and they are put together again (`lines`,
//! `paragraphs`, `layout`). Where that reads badly (`quality`) the glyphs come from PDFium, and where there are
//! none the page's picture goes to text recognition (`best_reading`). What is kept beside the pages follows: `notes`,
//! forms (`xfa`), other files (`embedded_files`).

mod annotations;
mod beside;
mod best_reading;
mod bidi;
mod columns;
mod composite_fonts;
mod content;
mod decoder;
mod drawing;
mod embedded_files;
mod encodings;
mod filters;
mod flatten;
mod fonts;
mod form_fields;
mod glyph_names;
mod glyphs;
mod layers;
mod layout;
mod leaders;
mod lines;
mod lookup;
mod marked_content;
mod notes;
mod open;
mod outline;
mod page_labels;
mod page_tree;
mod paragraphs;
mod pdfium;
mod program_names;
mod quality;
mod reading_order;
mod recognition;
mod repair;
mod runs;
mod simple_fonts;
mod text_columns;
mod to_unicode;
mod transcript;
mod word_gaps;
mod xfa;

use pdf_extract::Document;

use self::beside::Beside;
use self::best_reading::BestReading;
use self::decoder::Decoder;
use self::embedded_files::EmbeddedFiles;
use self::layers::Layers;
use self::page_tree::{PageEntry, View};
use self::pdfium::PdfiumDocument;
use super::{DocumentInfo, Engines, PageSink, Source};
use crate::{ExtractError, Page, TextRecognition};

pub(super) use self::drawing::draw_page;

pub(super) const EXTENSIONS: &[&str] = &["pdf"];

/// Readers accept up to a kilobyte of anything in front of the header.
const HEADER_WITHIN: usize = 1024;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    head.windows(5).any(|window| window == b"%PDF-")
}

/// What recognition can do about a file of nothing but pictures.
pub(super) fn text_recognition(source: &Source) -> TextRecognition {
    if source.transcripts.is_empty() { recognition::state() } else { TextRecognition::FoundNothing }
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    if source.engines == Engines::SecondOnly {
        return read_with_pdfium(source, sink, ExtractError::WorkerDied);
    }
    match open::open(source.bytes, source.password) {
        Ok((document, pages)) => read_pages(source, document, pages, sink),
        Err(reason) => read_with_pdfium(source, sink, reason),
    }
}

fn read_pages(
    source: &Source,
    document: Document,
    pages: Vec<PageEntry>,
    sink: PageSink,
) -> Result<DocumentInfo, ExtractError> {
    let layers = Layers::of(&document);
    let title = outline::title_of(&document);
    let outline = outline::outline_of(&document, &pages);
    let mut labels = page_labels::labels_of(&document, pages.len()).into_iter();
    let views: Vec<View> = pages.iter().map(|page| page.view(&document)).collect();
    let mut beside = Beside::of(&document, &layers, &pages);
    let mut files = EmbeddedFiles::of(&document, &pages);
    let is_whole = pages.iter().all(|page| page.has_content(&document));
    let mut has_text = false;
    let mut sink = |page: Page| {
        has_text |= !page.text.is_empty();
        sink(page);
    };
    let mut decoder = Decoder::new(document, layers, pages);
    let mut reading = BestReading::of(source);
    let mut done = 0;
    while done < views.len() {
        let decoded = decoder.decode_from(done);
        let batch: Vec<_> = decoded.iter().zip(&views[done..]).collect();
        done += batch.len();
        for mut page in reading.pages(&batch) {
            page.label = labels.next().flatten();
            beside.add_to(&mut page);
            files.compare_with(&page);
            sink(page);
        }
    }
    let mut info = DocumentInfo { title, outline, warnings: reading.into_warnings() };
    files.read(source.depth, done, &mut info, &mut sink);
    if !has_text && !is_whole {
        return Err(ExtractError::damaged("the content of its pages is missing; it may be cut off"));
    }
    Ok(info)
}

/// For files that only PDFium can open. Where it cannot either, the reason stands.
fn read_with_pdfium(
    source: &Source,
    sink: PageSink,
    reason: ExtractError,
) -> Result<DocumentInfo, ExtractError> {
    let document = match PdfiumDocument::open(source.bytes, source.password) {
        Some(Ok(document)) if document.page_count() > 0 => document,
        Some(Err(ExtractError::Encrypted)) => return Err(ExtractError::Encrypted),
        _ => return Err(reason),
    };
    let (title, pages) = (document.title(), document.page_count());
    let mut reading = BestReading::by_pdfium(source, document);
    for index in 0..pages {
        sink(reading.page_by_pdfium(index));
    }
    Ok(DocumentInfo { title, outline: Vec::new(), warnings: reading.into_warnings() })
}
