//! JSON, and files with one JSON value in each line.

use super::decoding::decode;
use super::{DocumentInfo, PageSink, Source, blocks, text};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["json", "jsonl", "ndjson", "geojson", "jsonld"];

/// Programs write everything into one line; people do not write such.
const LONG_LINE: usize = 1000;

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let mut decoded = decode(source.bytes);
    if decoded.text.lines().any(|line| line.len() > LONG_LINE)
        && let Some(laid_out) = laid_out(&decoded.text)
    {
        decoded.text = laid_out;
    }
    decoded.text = without_escapes(&decoded.text);
    text::write_pages(&decoded, blocks::of_code(&decoded.text), pages);
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// Each value over as many lines as it takes; none where it is not JSON.
fn laid_out(text: &str) -> Option<String> {
    let values: Result<Vec<serde_json::Value>, _> =
        serde_json::Deserializer::from_str(text).into_iter().collect();
    let values: Result<Vec<String>, _> = values.ok()?.iter().map(serde_json::to_string_pretty).collect();
    Some(values.ok()?.join("\n\n"))
}

/// The text with its characters in the place of their escapes: a person reads it, and no program.
fn without_escapes(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        read.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (character, length) = escaped(escape).unwrap_or((Some('\\'), 1));
        read.extend(character);
        rest = &escape[length..];
    }
    read.push_str(rest);
    read
}

/// The character that an escape stands for, and its length in bytes. Control characters stand for nothing but lines.
fn escaped(escape: &str) -> Option<(Option<char>, usize)> {
    let character = match *escape.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        character @ (b'"' | b'\\' | b'/') => character.into(),
        b'r' | b'b' | b'f' => return Some((None, 2)),
        b'u' => {
            let unit = |at: usize| u16::from_str_radix(escape.get(at..at + 4)?, 16).ok();
            let first = unit(2)?;
            let second = escape.get(6..8).filter(|next| *next == "\\u").and_then(|_| unit(8));
            let mut characters = char::decode_utf16([first].into_iter().chain(second));
            let character = characters.next()?.unwrap_or(char::REPLACEMENT_CHARACTER);
            return Some((Some(character).filter(|c| !c.is_control()), 6 * character.len_utf16()));
        }
        _ => return None,
    };
    Some((Some(character), 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_lines_are_laid_out_each() {
        let text = laid_out("{\"b\":1,\"a\":[]}\n{\"b\":2}\n").unwrap();
        assert_eq!(text, "{\n  \"b\": 1,\n  \"a\": []\n}\n\n{\n  \"b\": 2\n}");
        assert_eq!(laid_out("{\"b\":1"), None);
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(without_escapes(r#""M\u00fchle \u706f\uD83D\uDE00""#), "\"M\u{fc}hle \u{706f}\u{1f600}\"");
        assert_eq!(without_escapes(r#""one\r\ntwo \"three\" a\/b""#), "\"one\ntwo \"three\" a/b\"");
        assert_eq!(without_escapes(r#""C:\\u00fc \ud83d! \u12 \x \"#), "\"C:\\u00fc \u{fffd}! \\u12 \\x \\");
        assert_eq!(without_escapes(r#""a\u0000b""#), "\"ab\"");
    }
}
