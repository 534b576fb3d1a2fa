//! The formats that are read: one file each, and one line in [`FORMATS`].

mod blocks;
mod markdown;
mod pdf;
mod text;

use std::ffi::OsStr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{ExtractError, OutlineEntry, Page};

/// What a file says about itself besides its pages.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct DocumentInfo {
    pub title: Option<String>,
    pub outline: Vec<OutlineEntry>,
    pub warnings: Vec<String>,
}

/// Takes the pages of a document, one by one in reading order.
type PageSink<'a> = &'a mut dyn FnMut(Page);

/// One kind of file.
struct Format {
    /// In lower case; the first is the usual one.
    extensions: &'static [&'static str],
    /// Tells the format by its bytes, whatever the file's name says. None for formats that are nothing but text:
    /// there the name decides.
    recognises: Option<fn(&[u8]) -> bool>,
    read: fn(&[u8], PageSink) -> Result<DocumentInfo, ExtractError>,
}

const FORMATS: &[Format] = &[
    Format { extensions: pdf::EXTENSIONS, recognises: Some(pdf::recognises), read: pdf::read },
    Format { extensions: markdown::EXTENSIONS, recognises: None, read: markdown::read },
    PLAIN_TEXT,
];

const PLAIN_TEXT: Format = Format { extensions: text::EXTENSIONS, recognises: None, read: text::read };

impl Format {
    fn claims(&self, path: &Path) -> bool {
        path.extension()
            .and_then(OsStr::to_str)
            .is_some_and(|name| self.extensions.contains(&name.to_lowercase().as_str()))
    }
}

/// Whether the name of this file ends like those of a format that is read. The content decides in the end, but
/// this is enough to tell documents from all the other files in a folder without opening them.
pub fn has_known_extension(path: &Path) -> bool {
    FORMATS.iter().any(|format| format.claims(path))
}

/// Reads one file in this process. The pages come before the result; on an error they count for nothing.
pub(crate) fn read_file(path: &Path, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let bytes = std::fs::read(path).map_err(|error| ExtractError::unreadable(&error))?;
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(ExtractError::Empty);
    }
    let format = format_of(path, &bytes).ok_or(ExtractError::UnknownFormat)?;
    let (mut all, mut with_text) = (0, 0);
    let info = (format.read)(&bytes, &mut |page| {
        all += 1;
        with_text += u32::from(!page.text.trim().is_empty());
        pages(page);
    })?;
    if with_text == 0 { Err(ExtractError::NoText { pages: all }) } else { Ok(info) }
}

/// By content first, by name second. Text under a name that says nothing is plain text.
fn format_of(path: &Path, bytes: &[u8]) -> Option<&'static Format> {
    let recognised =
        FORMATS.iter().find(|format| format.recognises.is_some_and(|recognises| recognises(bytes)));
    if recognised.is_some() || !text::is_text(bytes) {
        return recognised;
    }
    let by_name = FORMATS.iter().find(|format| format.recognises.is_none() && format.claims(path));
    Some(by_name.unwrap_or(&PLAIN_TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension_of(path: &str, bytes: &[u8]) -> Option<&'static str> {
        format_of(Path::new(path), bytes).map(|format| format.extensions[0])
    }

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(extension_of("notes.txt", b"%PDF-1.7\n"), Some("pdf"));
        assert_eq!(extension_of("report.pdf", b"Just some words."), Some("txt"));
        assert_eq!(extension_of("README.MD", b"# Title"), Some("md"));
        assert_eq!(extension_of("photo.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }

    #[test]
    fn the_walker_can_tell_documents_by_their_names() {
        assert!(has_known_extension(Path::new("/a/Report.PDF")));
        assert!(has_known_extension(Path::new("notes.markdown")));
        assert!(!has_known_extension(Path::new("photo.jpeg")));
        assert!(!has_known_extension(Path::new("pdf")));
    }
}
