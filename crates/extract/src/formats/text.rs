//! Plain text in any encoding.

use std::mem;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::page_writer::LONG_PAGE;
use super::{DocumentInfo, PageSink, Source, blocks};
use crate::{Block, ExtractError, Page, SourceEngine};

pub(super) const EXTENSIONS: &[&str] = &["txt", "text", "log"];

/// As much of a file as its encoding is guessed from.
const SAMPLE_BYTES: usize = 1 << 20;

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let (text, warnings) = decode(source.bytes);
    let blocks = blocks::of_plain_text(&text);
    write_pages(&text, blocks, &warnings, pages);
    Ok(DocumentInfo { warnings, ..DocumentInfo::default() })
}

/// Passes on the pages of a format whose text is the file's own text: one, or several where it is long.
pub(super) fn write_pages(text: &str, blocks: Vec<Block>, warnings: &[String], pages: PageSink) {
    let mut page: Vec<Block> = Vec::new();
    let (mut number, mut start) = (1, 0);
    for block in blocks {
        if block.range.end - start > LONG_PAGE && !page.is_empty() {
            pages(page_of(text, start..block.range.start, mem::take(&mut page), number, warnings));
            (number, start) = (number + 1, block.range.start);
        }
        page.push(block);
    }
    pages(page_of(text, start..text.len(), page, number, warnings));
}

/// A stretch of the text, with the blocks that lie in it.
fn page_of(
    text: &str,
    range: Range<usize>,
    mut blocks: Vec<Block>,
    number: u32,
    warnings: &[String],
) -> Page {
    for block in &mut blocks {
        block.range = block.range.start - range.start..block.range.end - range.start;
    }
    Page {
        number,
        text: text[range].to_owned(),
        blocks,
        words: Vec::new(),
        size: None,
        quality: if warnings.is_empty() { 1.0 } else { 0.8 },
        source_engine: SourceEngine::Text,
    }
}

/// Whether bytes are text in some encoding: control characters other than white space say that they are not.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if Encoding::for_bom(sample).is_some() || utf_16_without_mark(sample).is_some() {
        return true;
    }
    // Escape (27) introduces the modes of ISO-2022-JP and the colours of logs.
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    !sample.contains(&0) && controls * 200 <= sample.len()
}

/// The text without its byte order mark, and what a person should know about the way it was read.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<String>) {
    decode_declared(bytes, None)
}

/// The same for text that says itself what its encoding is. Bytes that make sense as UTF-8 are UTF-8 all the same:
/// such declarations are often left over from another program.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..], false);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decode_as(encoding, bytes, true);
    }
    // The escapes of ISO-2022-JP are ASCII, and so UTF-8 as well.
    if let Some(encoding) = declared.filter(|encoding| *encoding == ISO_2022_JP) {
        return decode_as(encoding, bytes, false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return decode_as(encoding, bytes, false);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    decode_as(guess, bytes, guess != UTF_8)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> (String, Vec<String>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if guessed {
        warnings
            .push(format!("The text was read as {}; the file does not name its encoding.", encoding.name()));
    }
    if damaged {
        warnings.push("Some characters could not be decoded and show as \u{fffd}.".to_owned());
    }
    (text.into_owned(), warnings)
}

/// UTF-16 shows by its zeros: text has many of them on one side of its pairs and next to none on the other.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.as_chunks::<2>().0;
    let pairs = &pairs[..pairs.len().min(SAMPLE_BYTES / 2)];
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let (many, few) = (pairs.len() / 2, pairs.len() / 50);
    match () {
        () if pairs.len() < 8 => None,
        () if second > many && first <= few => Some(UTF_16LE),
        () if first > many && second <= few => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_obeyed_and_left_out() {
        assert_eq!(decode(b"\xef\xbb\xbfna\xc3\xafve").0, "na\u{ef}ve");
        assert_eq!(decode(b"\xff\xfeh\0\xe9\0").0, "h\u{e9}");
        assert_eq!(decode(b"\xfe\xff\0h\0\xe9").0, "h\u{e9}");
    }

    #[test]
    fn utf_16_without_a_mark_is_found() {
        let bytes: Vec<u8> = "Minutes of the meeting".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_text(&bytes));
        assert_eq!(decode(&bytes).0, "Minutes of the meeting");
    }

    #[test]
    fn other_encodings_are_guessed_with_a_warning() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("Gr\u{fc}\u{df}e aus K\u{f6}ln, \u{201e}sch\u{f6}n\u{201c}");
        let (text, warnings) = decode(&bytes);
        assert_eq!(text, "Gr\u{fc}\u{df}e aus K\u{f6}ln, \u{201e}sch\u{f6}n\u{201c}");
        assert_eq!(warnings.len(), 1);

        let (bytes, _, _) = encoding_rs::SHIFT_JIS
            .encode("\u{4f1a}\u{8b70}\u{306e}\u{8b70}\u{4e8b}\u{9332}\u{3067}\u{3059}\u{3002}");
        assert_eq!(
            decode(&bytes).0,
            "\u{4f1a}\u{8b70}\u{306e}\u{8b70}\u{4e8b}\u{9332}\u{3067}\u{3059}\u{3002}"
        );
    }

    #[test]
    fn a_long_file_goes_on_over_several_pages() {
        let log = "12:00 the light burns\n".repeat(30_000);
        let mut pages = Vec::new();
        let source = Source::new(log.as_bytes(), "log");
        read(&source, &mut |page| pages.push(page)).unwrap();
        assert_eq!(pages.len(), 3);
        assert!(pages.iter().all(|page| page.text.len() <= LONG_PAGE + 1 && page.text.ends_with("burns\n")));
        let lines: usize = pages.iter().map(|page| page.text.lines().count()).sum();
        assert_eq!(lines, 30_000);
    }

    #[test]
    fn pictures_and_programs_are_not_text() {
        assert!(!is_text(b"\x7fELF\x02\x01\x01\0\0\0\0\0"));
        assert!(is_text("Stra\u{df}e\nOrt\n".as_bytes()));
    }
}
