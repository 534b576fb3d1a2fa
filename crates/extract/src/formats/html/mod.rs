//! HTML: web pages, and the chapters of books and the bodies of messages that are written in it.

mod encoding;
mod nesting;
mod tables;
mod walk;

use dom_query::Document;

use super::decoding::{decode, decode_declared};
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source};
use crate::ExtractError;

pub(super) use encoding::declared_encoding;

pub(super) const EXTENSIONS: &[&str] = &["html", "htm", "xhtml", "xht", "shtml"];

/// Declarations and comments may stand in front of the first tag.
const TAG_WITHIN: usize = 2048;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(TAG_WITHIN)];
    let head = decode(head).text.to_lowercase();
    let head = head.trim_start();
    let has = |tags: &[&str]| tags.iter().any(|tag| head.contains(tag));
    // Books and outlines in XML have a head and a body as well.
    head.starts_with('<')
        && (has(&["<!doctype html", "<html"]) || !head.starts_with("<?xml") && has(&["<head>", "<body"]))
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode_declared(source.bytes, declared_encoding(source.bytes));
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let title = write(&decoded.text, &mut writer);
    writer.finish();
    Ok(DocumentInfo { title, warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// Writes the blocks of a page's body and gives back its title.
pub(super) fn write(html: &str, writer: &mut PageWriter) -> Option<String> {
    let document = Document::from(nesting::within_bounds(html).as_ref());
    walk::write_body(&document, writer);
    let title = on_one_line(&document.select_single("head > title").text());
    (!title.is_empty()).then_some(title)
}
