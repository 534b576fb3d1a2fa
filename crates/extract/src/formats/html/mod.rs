//! HTML: web pages, and the chapters of books and the bodies of messages that are written in it.

mod encoding;
mod nesting;
mod tables;
mod walk;

use dom_query::Document;

use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source, text};
use crate::ExtractError;

pub(super) use encoding::declared_encoding;

pub(super) const EXTENSIONS: &[&str] = &["html", "htm", "xhtml", "xht", "shtml"];

/// Declarations and comments may stand in front of the first tag.
const TAG_WITHIN: usize = 2048;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(TAG_WITHIN)];
    let head = text::decode(head).0.to_lowercase();
    let head = head.trim_start();
    head.starts_with('<')
        && ["<!doctype html", "<html", "<head>", "<body"].iter().any(|tag| head.contains(tag))
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let (html, warnings) = text::decode_declared(source.bytes, declared_encoding(source.bytes));
    let mut writer = PageWriter::new(sink);
    let title = write(&html, &mut writer);
    writer.finish();
    Ok(DocumentInfo { title, warnings, outline: Vec::new() })
}

/// Writes the blocks of a page's body and gives back its title.
pub(super) fn write(html: &str, writer: &mut PageWriter) -> Option<String> {
    let document = Document::from(nesting::within_bounds(html).as_ref());
    walk::write_body(&document, writer);
    let title = on_one_line(&document.select_single("head > title").text());
    (!title.is_empty()).then_some(title)
}
