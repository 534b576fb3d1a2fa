//! RTF.

mod body;
mod characters;
mod charsets;
mod groups;
mod reader;
mod tokens;

use super::page_writer::PageWriter;
use super::{DocumentInfo, PageSink, Source};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["rtf"];

pub(super) fn recognises(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let mut writer = PageWriter::new(sink);
    let title = write(source.bytes, &mut writer);
    writer.finish();
    Ok(DocumentInfo { title, ..DocumentInfo::default() })
}

/// Writes the blocks of a text and gives back its title.
pub(super) fn write(bytes: &[u8], writer: &mut PageWriter) -> Option<String> {
    reader::Reader::new(writer).read(bytes)
}
