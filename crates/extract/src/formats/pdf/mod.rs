//! PDF.

use super::{DocumentInfo, PageSink};
use crate::{ExtractError, Page, SourceEngine};

pub(super) const EXTENSIONS: &[&str] = &["pdf"];

/// Readers accept up to a kilobyte of anything in front of the header.
const HEADER_WITHIN: usize = 1024;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER_WITHIN)];
    head.windows(5).any(|window| window == b"%PDF-")
}

pub(super) fn read(bytes: &[u8], pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let texts = pdf_extract::extract_text_from_mem_by_pages(bytes).map_err(ExtractError::damaged)?;
    for (number, text) in (1..).zip(texts) {
        pages(Page {
            number,
            text,
            blocks: Vec::new(),
            words: Vec::new(),
            size: None,
            quality: 1.0,
            source_engine: SourceEngine::PdfExtract,
        });
    }
    Ok(DocumentInfo::default())
}
