//! JSON, and files with one JSON value in each line.

use std::sync::LazyLock;

use regex::Regex;
use serde::de::IgnoredAny;

use super::decoding::decode;
use super::{DocumentInfo, PageSink, Source, blocks, text};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["json", "jsonl", "ndjson", "geojson", "jsonld"];

pub(super) fn read(source: &Source, pages: PageSink) -> Result<DocumentInfo, ExtractError> {
    let mut decoded = decode(source.bytes);
    if is_json(&decoded.text) {
        decoded.text = laid_out(&decoded.text);
    }
    decoded.text = without_escapes(&decoded.text);
    text::write_pages(&decoded, blocks::of_code(&decoded.text), pages);
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

fn is_json(text: &str) -> bool {
    serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>().all(|value| value.is_ok())
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+"#).expect("the pattern is constant and tested")
});

/// A record that is no longer than a line of a page stays whole, so that its members are read together.
const LONG_RECORD: usize = 120;

/// The text with each record, each member of a longer one and each item of a list on a line of its own, so that one can be
/// quoted without the others; numbers in a list stay together. Only white space changes.
fn laid_out(text: &str) -> String {
    let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    let mut laid_out = String::with_capacity(2 * text.len());
    // Of each bracket that is open: whether what it holds stands in lines.
    let mut open: Vec<bool> = Vec::new();
    let tokens: Vec<&str> = TOKEN.find_iter(text).map(|token| token.as_str()).collect();
    for (behind, token) in (1..).zip(&tokens) {
        let inside = &tokens[behind..];
        if matches!(*token, "}" | "]") && open.pop() == Some(true) {
            laid_out.push_str(&line(open.len()));
        }
        laid_out.push_str(token);
        match *token {
            "{" => open.push(!is_short(inside)),
            "[" => open.push(!is_short(inside) && inside.first().is_some_and(|item| !is_number(item))),
            "," => {}
            ":" => laid_out.push(' '),
            _ if open.is_empty() => laid_out.push('\n'),
            _ => {}
        }
        match (*token, open.last()) {
            ("{" | "[" | ",", Some(true)) => laid_out.push_str(&line(open.len())),
            (",", _) => laid_out.push(' '),
            _ => {}
        }
    }
    laid_out
}

/// Whether what stands behind a bracket is no longer than a line and holds no other bracket.
fn is_short(inside: &[&str]) -> bool {
    let mut length = 0;
    for token in inside {
        length += token.len();
        match *token {
            "}" | "]" => return true,
            "{" | "[" => return false,
            _ if length > LONG_RECORD => return false,
            _ => {}
        }
    }
    true
}

fn is_number(token: &str) -> bool {
    token.starts_with(|first: char| first == '-' || first.is_ascii_digit())
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
    fn each_record_or_member_of_a_long_one_stands_on_a_line() {
        let note = "The keeper of the lamp writes down each day how much oil has burned. ".repeat(2);
        let text = format!(
            r#"{{"b":1e2,"a":[],"c":{{"at":[ 1.50,2 ],"is":"a, {{b}}: \"c\""}},"d":[{{"x":1,"y":2}},{{"note":"{note}","z":0}}]}}"#
        );
        let expected = format!(
            r#"{{
  "b": 1e2,
  "a": [],
  "c": {{
    "at": [1.50, 2],
    "is": "a, {{b}}: \"c\""
  }},
  "d": [
    {{"x": 1, "y": 2}},
    {{
      "note": "{note}",
      "z": 0
    }}
  ]
}}
"#
        );
        assert_eq!(laid_out(&text), expected);
        assert_eq!(laid_out("{\"b\":1}\n[]\n7"), "{\"b\": 1}\n[]\n7\n");
    }

    #[test]
    fn what_is_no_json_stays_as_it_stands() {
        let mut read_pages = Vec::new();
        let text = "// the port\n{ port: 80,\n}";
        read(&Source::new(text.as_bytes(), "json"), &mut |page| read_pages.push(page)).unwrap();
        assert_eq!(read_pages[0].text, text);
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(without_escapes(r#""M\u00fchle \u706f\uD83D\uDE00""#), "\"M\u{fc}hle \u{706f}\u{1f600}\"");
        assert_eq!(without_escapes(r#""one\r\ntwo \"three\" a\/b""#), "\"one\ntwo \"three\" a/b\"");
        assert_eq!(without_escapes(r#""C:\\u00fc \ud83d! \u12 \x \"#), "\"C:\\u00fc \u{fffd}! \\u12 \\x \\");
        assert_eq!(without_escapes(r#""a\u0000b""#), "\"ab\"");
    }
}
