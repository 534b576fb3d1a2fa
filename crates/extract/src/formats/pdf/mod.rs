//! PDF. The way of a page: its content is reduced to text operators (`flatten`, with `fonts` prepared),
//! pdf-extract decodes the glyphs (`decoder`, `glyphs`), and they are put together again (`lines`,
//! `paragraphs`, `layout`).

mod annotations;
mod bidi;
mod composite_fonts;
mod content;
mod decoder;
mod filters;
mod flatten;
mod fonts;
mod glyphs;
mod layout;
mod leaders;
mod lines;
mod lookup;
mod open;
mod outline;
mod page_tree;
mod paragraphs;
mod quality;
mod repair;
mod runs;
mod simple_fonts;
mod to_unicode;
mod word_gaps;

use self::decoder::{DecodedPage, Decoder};
use self::layout::FontSizes;
use self::page_tree::View;
use super::{DocumentInfo, PageSink, Source};
use crate::{ExtractError, Page, SourceEngine};

pub(super) const EXTENSIONS: &[&str] = &["pdf"];

/// Readers accept up to a kilobyte of anything in front of the header.
const HEADER_WITHIN: usize = 1024;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    head.windows(5).any(|window| window == b"%PDF-")
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let (document, pages) = open::open(source.bytes)?;
    let mut info = DocumentInfo {
        title: outline::title_of(&document),
        outline: outline::outline_of(&document, &pages),
        warnings: Vec::new(),
    };
    let views: Vec<View> = pages.iter().map(|page| page.view(&document)).collect();
    let mut decoder = Decoder::new(document, pages);
    let mut sizes = FontSizes::default();
    let mut done = 0;
    while done < views.len() {
        let decoded = decoder.decode_from(done);
        let lines: Vec<_> = decoded
            .iter()
            .zip(&views[done..])
            .map(|(page, view)| lines::lines_of(&page.glyphs, view))
            .collect();
        lines.iter().for_each(|lines| sizes.add(lines));
        for (page, lines) in decoded.iter().zip(lines) {
            let number = done as u32 + 1;
            if page.failed {
                info.warnings
                    .push(format!("Page {number} could not be read to its end; text may be missing."));
            }
            let laid_out = layout::page_text(&lines, sizes.body());
            sink(finished(number, page, laid_out, &views[done]));
            done += 1;
        }
    }
    Ok(info)
}

fn finished(number: u32, decoded: &DecodedPage, laid_out: layout::PageText, view: &View) -> Page {
    Page {
        number,
        quality: quality::of(&laid_out.text, decoded),
        text: laid_out.text,
        blocks: laid_out.blocks,
        words: laid_out.words,
        size: Some((view.width as f32, view.height as f32)),
        source_engine: SourceEngine::PdfExtract,
    }
}
