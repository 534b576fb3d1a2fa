//! Where Word ended its pages when it last laid a text out.

use std::io::{Cursor, Write};

use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::formats::package::Package;
use crate::formats::page_writer::PAGE_END;

const BODY: &str = "word/document.xml";

/// How Word notes the end of a page in a run of text.
const NOTE: &[u8] = b"<w:lastRenderedPageBreak/>";

/// The package with each note of a page's end turned into [`PAGE_END`], as text; none where it has no such notes.
/// The library that reads it passes over the notes.
pub(super) fn with_page_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    let body = Package::open(bytes).ok()?.part(BODY).ok()?;
    memmem::find(&body, NOTE)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + body.len())));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok()?;
        if part.name().is_ok_and(|name| name == BODY) {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            copy.start_file(BODY, options).ok()?;
            copy.write_all(&replaced(&body)).ok()?;
        } else {
            copy.raw_copy_file(part).ok()?;
        }
    }
    Some(copy.finish().ok()?.into_inner())
}

fn replaced(body: &[u8]) -> Vec<u8> {
    let text = format!("<w:t>{PAGE_END}</w:t>");
    let mut marked = Vec::with_capacity(body.len());
    let mut start = 0;
    for at in memmem::find_iter(body, NOTE) {
        marked.extend_from_slice(&body[start..at]);
        marked.extend_from_slice(text.as_bytes());
        start = at + NOTE.len();
    }
    marked.extend_from_slice(&body[start..]);
    marked
}
