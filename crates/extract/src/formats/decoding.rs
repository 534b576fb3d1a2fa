//! Bytes that are text, in any encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::Warning;

/// As much of a file as its encoding is guessed from.
const SAMPLE_BYTES: usize = 1 << 20;

/// What begins a stretch of Japanese in ISO-2022-JP.
const JAPANESE_ESCAPES: [&[u8]; 2] = [b"\x1b$B", b"\x1b$@"];

/// Text in Unicode, and how sure that is.
pub(super) struct Decoded {
    pub text: String,
    /// What a person should know about the way it was read.
    pub warnings: Vec<Warning>,
}

impl Decoded {
    /// The quality of pages that are made of it.
    pub fn quality(&self) -> f32 {
        quality_after(&self.warnings)
    }
}

/// How far text can be trusted that was decoded with such warnings.
pub(super) fn quality_after(warnings: &[Warning]) -> f32 {
    if warnings.is_empty() { 1.0 } else { 0.8 }
}

/// Whether bytes are text in some encoding: control characters other than white space say that they are not. A log
/// that a crash has filled up with zeros is text still.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if Encoding::for_bom(sample).is_some()
        || utf_16_without_mark(sample).is_some()
        || utf_32(sample).is_some()
    {
        return true;
    }
    // Escape (27) introduces the modes of ISO-2022-JP and the colours of logs.
    let is_control = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31);
    let controls = sample.iter().filter(is_control).count();
    let stretches_of_zeros =
        sample.chunk_by(|a, b| (*a == 0) == (*b == 0)).filter(|chunk| chunk[0] == 0).count();
    match stretches_of_zeros {
        // One is what remains of the end mark of old systems, or an accident.
        0 => controls <= 1 + sample.len() / 200 && controls * 8 <= sample.len(),
        // Programs and pictures have other control characters too, and no words between the zeros.
        zeros => {
            controls == 0 && zeros * 8 <= sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
        }
    }
}

/// The text without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    decode_declared(bytes, None)
}

/// The same for text that says itself what its encoding is. Bytes that make sense as UTF-8 are UTF-8 all the same:
/// such declarations are often left over from another program.
pub(super) fn decode_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some(text) = utf_32(bytes) {
        return Decoded { text, warnings: Vec::new() };
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..], false);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decode_as(encoding, bytes, true);
    }
    // The escapes of ISO-2022-JP are ASCII, and so UTF-8 as well.
    if JAPANESE_ESCAPES.iter().any(|escape| memmem::find(bytes, escape).is_some()) {
        return decode_as(ISO_2022_JP, bytes, declared != Some(ISO_2022_JP));
    }
    if is_mostly_utf_8(bytes) {
        return decode_as(UTF_8, bytes, false);
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

fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(Warning::EncodingGuessed { encoding: encoding.name().to_owned() });
    }
    if damaged {
        warnings.push(Warning::CharactersLost);
    }
    Decoded { text: with_line_ends(text), warnings }
}

/// Zeros part words, and the line ends of old Macs become those of today.
fn with_line_ends(text: Cow<str>) -> String {
    let text = if text.contains('\0') {
        text.split('\0').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").into()
    } else {
        text
    };
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text.into_owned() }
}

/// Whether bytes are UTF-8 but for a few that were damaged. In other encodings letters beyond ASCII seldom make up a
/// character of UTF-8 by chance: hardly ever in single bytes, one time in seven in those of Chinese.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut characters, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        damaged += usize::from(!chunk.invalid().is_empty());
        characters += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
    }
    damaged == 0 || characters > 2 * damaged
}

/// UTF-32, which begins with its mark and which encoding_rs leaves to others.
fn utf_32(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 4]) -> u32 = match bytes {
        [0xff, 0xfe, 0, 0, ..] => u32::from_le_bytes,
        [0, 0, 0xfe, 0xff, ..] => u32::from_be_bytes,
        _ => return None,
    };
    let characters = bytes[4..].as_chunks::<4>().0.iter();
    Some(characters.map(|unit| char::from_u32(read(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
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
        assert_eq!(decode(b"\xef\xbb\xbfna\xc3\xafve").text, "na\u{ef}ve");
        assert_eq!(decode(b"\xff\xfeh\0\xe9\0").text, "h\u{e9}");
        assert_eq!(decode(b"\xfe\xff\0h\0\xe9").text, "h\u{e9}");
    }

    #[test]
    fn utf_16_without_a_mark_is_found() {
        let bytes: Vec<u8> = "Minutes of the meeting".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_text(&bytes));
        assert_eq!(decode(&bytes).text, "Minutes of the meeting");
    }

    #[test]
    fn other_encodings_are_guessed_with_a_warning() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("Gr\u{fc}\u{df}e aus K\u{f6}ln, \u{201e}sch\u{f6}n\u{201c}");
        let Decoded { text, warnings } = decode(&bytes);
        assert_eq!(text, "Gr\u{fc}\u{df}e aus K\u{f6}ln, \u{201e}sch\u{f6}n\u{201c}");
        assert_eq!(warnings.len(), 1);

        let (bytes, _, _) = encoding_rs::SHIFT_JIS
            .encode("\u{4f1a}\u{8b70}\u{306e}\u{8b70}\u{4e8b}\u{9332}\u{3067}\u{3059}\u{3002}");
        assert_eq!(
            decode(&bytes).text,
            "\u{4f1a}\u{8b70}\u{306e}\u{8b70}\u{4e8b}\u{9332}\u{3067}\u{3059}\u{3002}"
        );
    }

    #[test]
    fn a_damaged_byte_costs_one_character() {
        let text = "Die H\u{f6}he des Damms betr\u{e4}gt zw\u{f6}lf Meter. ? Gr\u{f6}\u{df}e";
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'?' { 0xe9 } else { byte }).collect();
        let Decoded { text: read, warnings } = decode(&bytes);
        assert_eq!((read, warnings.len()), (text.replace('?', "\u{fffd}"), 1));
        let chinese = "\u{706f}\u{5854}\u{5728}\u{5317}\u{65b9}\u{ff0c}\u{5efa}\u{4e8e}1871\u{5e74}\u{3002}";
        assert_eq!(decode(&encoding_rs::GBK.encode(chinese).0).text, chinese);
    }

    #[test]
    fn wide_and_old_encodings_are_found() {
        let utf_32: Vec<u8> =
            "\u{feff}The bell".chars().flat_map(|unit| u32::from(unit).to_be_bytes()).collect();
        assert!(is_text(&utf_32));
        assert_eq!(decode(&utf_32).text, "The bell");
        assert_eq!(decode(b"\x1b$B2q5D\x1b(B").text, "\u{4f1a}\u{8b70}");
        assert_eq!(decode(b"one\rtwo\r").text, "one\ntwo\n");
    }

    #[test]
    fn a_log_with_zeros_is_text() {
        let log = b"Log start\0\0\0 the pump stopped at 14:07.";
        assert!(is_text(log));
        assert_eq!(decode(log).text, "Log start  the pump stopped at 14:07.");
        assert!(is_text(b"The bell\x0cweighs 900 kilos.\x1a"));
        assert!(!is_text(b"some letters and then\0\x01 a number"));
    }

    #[test]
    fn pictures_and_programs_are_not_text() {
        assert!(!is_text(b"\x7fELF\x02\x01\x01\0\0\0\0\0"));
        assert!(is_text("Stra\u{df}e\nOrt\n".as_bytes()));
    }
}
