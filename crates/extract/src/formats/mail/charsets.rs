//! The character sets that messages name, by whatever name.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;

use crate::formats::decoding::{Decoded, decode_declared};

/// What programs call text whose encoding they do not know.
const NAMES_OF_NOTHING: [&str; 5] = ["us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown"];

/// The text of a part whose head names a character set; `in_text` is the encoding that the text itself names.
pub(super) fn decode(bytes: &[u8], name: Option<&str>, in_text: Option<&'static Encoding>) -> Decoded {
    let name = name.map(plain).filter(|name| !NAMES_OF_NOTHING.contains(&name.as_str()));
    let encoding = name.as_deref().and_then(named);
    // UTF-7 and the code pages of DOS, which browsers do not know.
    let other =
        name.as_deref().filter(|_| encoding.is_none()).and_then(|name| charset_decoder(name.as_bytes()));
    match other {
        Some(read) => Decoded { text: read(bytes), warnings: Vec::new() },
        None => decode_declared(bytes, encoding.filter(|encoding| *encoding != UTF_8).or(in_text)),
    }
}

/// Without quotes, the language that may follow, and capitals.
fn plain(name: &str) -> String {
    let name = name.split('*').next().unwrap_or_default();
    name.trim_matches(|character: char| !character.is_ascii_alphanumeric()).to_ascii_lowercase()
}

/// By its usual name, or one that differs from it in its hyphens only.
fn named(name: &str) -> Option<&'static Encoding> {
    let without_hyphens = || name.replace(['-', '_', ' '], "");
    let by_number = || {
        let number = name.trim_start_matches(|character: char| !character.is_ascii_digit());
        Encoding::for_label(format!("windows-{number}").as_bytes())
    };
    Encoding::for_label(name.as_bytes())
        .or_else(|| Encoding::for_label(name.replace('_', "-").as_bytes()))
        .or_else(|| Encoding::for_label(without_hyphens().as_bytes()))
        .or_else(by_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_as_they_are_written() {
        for name in [
            "windows-1252",
            "'windows-1252'",
            "\"CP-1252\"",
            "cp1252",
            "windows1252",
            "ISO_8859-1",
            "latin-1",
        ] {
            assert_eq!(decode(b"20 \x80", Some(name), None).text, "20 \u{20ac}", "{name}");
        }
        assert_eq!(decode(b"+AOQ-rger", Some("utf-7"), None).text, "\u{e4}rger");
        assert_eq!(decode(b"H\x94he", Some("cp850"), None).text, "H\u{f6}he");
    }

    #[test]
    fn a_name_that_cannot_be_right_is_passed_over() {
        let text = "Gr\u{fc}\u{df}e aus K\u{f6}ln: die H\u{f6}he betr\u{e4}gt f\u{fc}nf Meter.";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        for name in ["utf-8", "us-ascii", "x-nonsense"] {
            let decoded = decode(&latin, Some(name), None);
            assert_eq!((decoded.text.as_str(), decoded.warnings.len()), (text, 1), "{name}");
        }
        assert_eq!(decode(text.as_bytes(), Some("iso-8859-1"), None).text, text);
    }
}
