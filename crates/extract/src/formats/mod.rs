//! The formats that are read: one file each, and one line in [`FORMATS`].

mod bibliography;
mod blocks;
mod code;
mod compound;
mod content_lines;
mod decoding;
mod delimited;
mod enclosed;
mod epub;
mod html;
mod json;
mod lightweight_markup;
mod mail;
mod markdown;
mod notebook;
mod number_format;
mod office;
mod open_document;
mod package;
mod page_writer;
mod pdf;
mod rtf;
mod spreadsheet_xml;
mod subtitles;
mod tables;
mod tex;
mod text;
mod unread;
mod xml;
mod xml_tree;

use std::ffi::OsStr;
use std::io::Read as _;
use std::path::Path;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::worker::protocol::Request;
use crate::{ExtractError, OutlineEntry, Page, PagePicture, Transcript, Warning};

/// What a file says about itself besides its pages.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct DocumentInfo {
    pub title: Option<String>,
    pub outline: Vec<OutlineEntry>,
    pub warnings: Vec<Warning>,
}

/// Takes the pages of a document, one by one in reading order.
type PageSink<'a> = &'a mut dyn FnMut(Page);

/// A file to read.
struct Source<'a> {
    bytes: &'a [u8],
    /// What the name ends with, in lower case; empty where it says nothing.
    extension: &'a str,
    /// In how many files this one lies: an attachment of a message lies in one.
    depth: u8,
    /// What opens it, where it is locked.
    password: Option<&'a SecretString>,
    engines: Engines,
    /// What is known of pages that are pictures.
    transcripts: &'a [Transcript],
    /// To be told before a page is recognised, which takes long.
    recognising: &'a dyn Fn(),
}

impl<'a> Source<'a> {
    /// A file by itself, not locked.
    fn new(bytes: &'a [u8], extension: &'a str) -> Self {
        Self {
            bytes,
            extension,
            depth: 0,
            password: None,
            engines: Engines::All,
            transcripts: &[],
            recognising: &|| {},
        }
    }
}

/// What may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Engines {
    All,
    /// For a file that made a worker crash or hang: only what has not been tried.
    SecondOnly,
}

/// As much of a file as tells what it is.
const BEGINNING: u64 = 16 << 10;

/// One kind of file.
struct Format {
    /// In lower case; the first is the usual one.
    extensions: &'static [&'static str],
    /// Whether its files are text. Then the name decides where the bytes say no more than that.
    is_text: bool,
    /// Tells the format by its bytes, whatever the file's name says; None where they cannot tell.
    recognises: Option<Recognise>,
    read: Read,
}

const FORMATS: &[Format] = &[
    binary(pdf::EXTENSIONS, pdf::recognises, pdf::read),
    binary(office::EXTENSIONS, office::recognises, office::read),
    binary(open_document::EXTENSIONS, open_document::recognises, open_document::read),
    binary(epub::EXTENSIONS, epub::recognises, epub::read),
    binary(mail::OUTLOOK_EXTENSIONS, mail::recognises_outlook, mail::read_outlook),
    textual(rtf::EXTENSIONS, Some(rtf::recognises), rtf::read),
    textual(mail::EXTENSIONS, Some(mail::recognises), mail::read),
    textual(html::EXTENSIONS, Some(html::recognises), html::read),
    textual(content_lines::EXTENSIONS, Some(content_lines::recognises), content_lines::read),
    textual(spreadsheet_xml::EXTENSIONS, Some(spreadsheet_xml::recognises), spreadsheet_xml::read),
    textual(open_document::FLAT_EXTENSIONS, Some(open_document::recognises_flat), open_document::read_flat),
    textual(xml::EXTENSIONS, Some(xml::recognises), xml::read),
    textual(subtitles::EXTENSIONS, None, subtitles::read),
    textual(bibliography::EXTENSIONS, None, bibliography::read),
    textual(delimited::EXTENSIONS, None, delimited::read),
    textual(json::EXTENSIONS, None, json::read),
    textual(notebook::EXTENSIONS, None, notebook::read),
    textual(tex::EXTENSIONS, None, tex::read),
    textual(markdown::EXTENSIONS, None, markdown::read),
    textual(lightweight_markup::EXTENSIONS, None, lightweight_markup::read),
    textual(code::EXTENSIONS, None, code::read),
    PLAIN_TEXT,
];

const PLAIN_TEXT: Format = textual(text::EXTENSIONS, None, text::read);

type Recognise = fn(&[u8]) -> bool;
type Read = fn(&Source, PageSink) -> Result<DocumentInfo, ExtractError>;

const fn binary(extensions: &'static [&'static str], recognises: Recognise, read: Read) -> Format {
    Format { extensions, is_text: false, recognises: Some(recognises), read }
}

const fn textual(extensions: &'static [&'static str], recognises: Option<Recognise>, read: Read) -> Format {
    Format { extensions, is_text: true, recognises, read }
}

impl Format {
    fn claims(&self, extension: &str) -> bool {
        self.extensions.contains(&extension)
    }
}

/// Whether the name of this file ends like those of a format that is read. The content decides in the end, but
/// this is enough to tell documents from all the other files in a folder without opening them.
fn has_known_extension(path: &Path) -> bool {
    let extension = extension_of(path);
    FORMATS.iter().any(|format| format.claims(&extension))
}

/// Whether this is a file of a format that is read: by its name, or, where that has no extension, by its beginning.
/// A file that cannot be opened is none.
pub fn is_readable(path: &Path) -> bool {
    if path.extension().is_some() {
        return has_known_extension(path);
    }
    let is_known =
        |bytes: &[u8]| bytes.iter().any(|byte| *byte != 0) && format_of(&Source::new(bytes, "")).is_some();
    let mut beginning = Vec::new();
    match std::fs::File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning)) {
        // Containers tell at their end what is in them.
        Ok(_) if package::is_zip(&beginning) || compound::is_compound(&beginning) => {
            bytes_of(path).is_ok_and(|bytes| is_known(&bytes))
        }
        Ok(_) => is_known(&beginning),
        Err(_) => false,
    }
}

/// Reads one file in this process. The pages come before the result; on an error they count for nothing. `recognising` is
/// called before a page is recognised.
pub(crate) fn read_file(
    request: &Request,
    engines: Engines,
    transcripts: &[Transcript],
    recognising: &dyn Fn(),
    pages: PageSink,
) -> Result<DocumentInfo, ExtractError> {
    let path = Path::new(&request.path);
    let bytes = bytes_of(path)?;
    let extension = extension_of(path);
    let password = request.password.as_ref();
    read(&Source { password, engines, transcripts, recognising, ..Source::new(&bytes, &extension) }, pages)
}

/// Draws a page, counted from 1, of a file whose pages can be drawn: a PDF.
pub(crate) fn draw_page(request: &Request, page: u32) -> Result<PagePicture, ExtractError> {
    pdf::draw_page(&bytes_of(Path::new(&request.path))?, request.password.as_ref(), page)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ExtractError> {
    std::fs::read(path).map_err(|error| ExtractError::unreadable(&error))
}

fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    if source.bytes.iter().all(|byte| *byte == 0) {
        return Err(ExtractError::Empty);
    }
    let bytes = package::with_slashes(source.bytes);
    let source = &Source { bytes: &bytes, ..*source };
    let format = format_of(source).ok_or_else(|| unread::reason(source.bytes))?;
    if source.engines == Engines::SecondOnly && format.extensions != pdf::EXTENSIONS {
        return Err(ExtractError::WorkerDied);
    }
    let (mut drawn, mut has_text, mut blank) = (0, false, Vec::new());
    let info = (format.read)(source, &mut |page| {
        has_text |= !page.text.trim().is_empty();
        if page.size.is_some() {
            drawn += 1;
            blank.extend((!page.is_unread()).then_some(page.number));
        }
        pages(page);
    })?;
    if has_text {
        Ok(info)
    } else if blank.len() == drawn as usize {
        Err(ExtractError::Blank)
    } else {
        Err(ExtractError::NoText { pages: drawn, blank, recognition: pdf::text_recognition(source) })
    }
}

/// By content first, by name second. Text under a name that says nothing is plain text, and a container that
/// is too damaged to be recognised is what its name says.
fn format_of(source: &Source) -> Option<&'static Format> {
    let recognised =
        FORMATS.iter().find(|format| format.recognises.is_some_and(|recognises| recognises(source.bytes)));
    if recognised.is_some() {
        return recognised;
    }
    let by_name =
        |is_text| FORMATS.iter().find(|format| format.is_text == is_text && format.claims(source.extension));
    if decoding::is_text(source.bytes) {
        return by_name(true).or(Some(&PLAIN_TEXT));
    }
    let is_unclear = package::is_broken(source.bytes) || compound::is_compound(source.bytes);
    by_name(false).filter(|_| is_unclear)
}

fn extension_of(path: &Path) -> String {
    path.extension().and_then(OsStr::to_str).map(str::to_lowercase).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_named(path: &str, bytes: &[u8]) -> Option<&'static str> {
        let extension = extension_of(Path::new(path));
        format_of(&Source::new(bytes, &extension)).map(|format| format.extensions[0])
    }

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(format_named("notes.txt", b"%PDF-1.7\n"), Some("pdf"));
        assert_eq!(format_named("report.pdf", b"Just some words."), Some("txt"));
        assert_eq!(format_named("README.MD", b"# Title"), Some("md"));
        assert_eq!(format_named("photo.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }

    #[test]
    fn the_walker_can_tell_documents_by_their_names() {
        assert!(has_known_extension(Path::new("/a/Report.PDF")));
        assert!(has_known_extension(Path::new("notes.markdown")));
        assert!(!has_known_extension(Path::new("photo.jpeg")));
        assert!(!has_known_extension(Path::new("pdf")));
    }

    #[test]
    fn files_without_an_extension_are_told_by_their_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let is_readable = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            is_readable(&path)
        };
        assert!(is_readable("NOTES", b"plain words"));
        assert!(is_readable("report", b"%PDF-1.7\n"));
        assert!(is_readable("letter", b"Received: by x\nMessage-ID: <1@x>\nSubject: Tar\n\nHello"));
        assert!(!is_readable("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0"));
        assert!(!is_readable("photo", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(!is_readable("empty", b"") && !is_readable("zeros", &[0; 9]));
        assert!(!is_readable("words.xyz", b"plain words"));
    }
}
