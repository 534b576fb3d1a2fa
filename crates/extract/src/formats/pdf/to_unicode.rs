//! ToUnicode maps, read whatever their makers did to the syntax and written the way pdf-extract reads them.

use std::collections::BTreeMap;
use std::fmt::Write;

/// From character codes to UTF-16.
pub(super) type UnicodeMap = BTreeMap<u32, Vec<u16>>;

/// For a glyph that is said to mean nothing, as the others are whose letters one glyph of a word has been given.
pub(super) const NOTHING: &str = "\u{200b}";

/// All codes of two bytes and some more.
const MOST_ENTRIES: usize = 70_000;

enum Token {
    Hex(Vec<u8>),
    ArrayStart,
    ArrayEnd,
    Keyword(Vec<u8>),
}

enum Section {
    Outside,
    Characters,
    Ranges,
}

pub(super) fn parse(bytes: &[u8]) -> UnicodeMap {
    let mut map = UnicodeMap::new();
    let mut section = Section::Outside;
    let mut tokens = tokens_of(bytes).into_iter().peekable();
    while let Some(token) = tokens.next() {
        if map.len() > MOST_ENTRIES {
            break;
        }
        let from = match token {
            Token::Keyword(word) => {
                section = match word.as_slice() {
                    b"beginbfchar" => Section::Characters,
                    b"beginbfrange" => Section::Ranges,
                    word if word.starts_with(b"end") => Section::Outside,
                    _ => section,
                };
                continue;
            }
            Token::Hex(bytes) => code(&bytes),
            Token::ArrayStart | Token::ArrayEnd => continue,
        };
        match section {
            Section::Outside => {}
            Section::Characters => {
                if let Some(Token::Hex(text)) = tokens.next_if(is_hex) {
                    map.insert(from, utf_16(&text));
                }
            }
            Section::Ranges => {
                let Some(Token::Hex(last)) = tokens.next_if(is_hex) else { continue };
                let last = code(&last);
                match tokens.next() {
                    Some(Token::Hex(text)) => insert_range(&mut map, from, last, &utf_16(&text)),
                    Some(Token::ArrayStart) => {
                        let mut at = from;
                        while let Some(Token::Hex(text)) = tokens.next_if(is_hex) {
                            map.insert(at, utf_16(&text));
                            at = at.saturating_add(1);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    map.retain(|_, text| String::from_utf16(text).is_ok());
    for text in map.values_mut().filter(|text| text.is_empty()) {
        text.extend(NOTHING.encode_utf16());
    }
    map
}

fn is_hex(token: &Token) -> bool {
    matches!(token, Token::Hex(_))
}

fn insert_range(map: &mut UnicodeMap, first: u32, last: u32, text: &[u16]) {
    for step in 0..last.saturating_sub(first).saturating_add(1).min(0x1_0000) {
        let mut text = text.to_vec();
        if let Some(unit) = text.last_mut() {
            *unit = unit.wrapping_add(step as u16);
        }
        map.insert(first.saturating_add(step), text);
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf_16(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [byte] => vec![u16::from(*byte)],
        _ => bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect(),
    }
}

fn tokens_of(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let end_of = |start: usize, ends: &dyn Fn(u8) -> bool| {
        bytes[start..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |length| start + length)
    };
    while at < bytes.len() {
        match bytes[at] {
            b'%' => at = end_of(at, &|byte| matches!(byte, b'\n' | b'\r')),
            b'<' if bytes.get(at + 1) != Some(&b'<') => {
                let end = end_of(at, &|byte| byte == b'>');
                tokens.push(Token::Hex(hex(&bytes[at + 1..end])));
                at = end + 1;
            }
            b'[' => {
                tokens.push(Token::ArrayStart);
                at += 1;
            }
            b']' => {
                tokens.push(Token::ArrayEnd);
                at += 1;
            }
            b'<' | b'>' | 0 => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let end = end_of(at + 1, &|byte| byte.is_ascii_whitespace() || b"<>[]%".contains(&byte));
                tokens.push(Token::Keyword(bytes[at..end].to_vec()));
                at = end;
            }
        }
    }
    tokens
}

/// Pairs of digits; an odd one out belongs to a first byte that lost its zero.
fn hex(digits: &[u8]) -> Vec<u8> {
    let mut values: Vec<u8> =
        digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|value| value as u8).collect();
    if values.len() % 2 == 1 {
        values.insert(0, 0);
    }
    values.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

/// Codes have one byte in simple fonts and two in composite ones; others are left out.
pub(super) fn write(map: &UnicodeMap, code_bytes: usize) -> Vec<u8> {
    let (digits, last) = (2 * code_bytes, (1_u32 << (8 * code_bytes)) - 1);
    let entries: Vec<_> = map.range(..=last).collect();
    let mut text = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n\
         1 begincodespacerange\n<{:0digits$X}> <{last:X}>\nendcodespacerange\n",
        0
    );
    for section in entries.chunks(100) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} beginbfchar", section.len());
        for (code, units) in section {
            let _ = write!(text, "<{code:0digits$X}> <");
            for unit in *units {
                let _ = write!(text, "{unit:04X}");
            }
            text.push_str(">\n");
        }
        text.push_str("endbfchar\n");
    }
    text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_syntax_still_gives_its_entries() {
        let map = parse(
            b"1 beginbfchar<3><0041>endbfchar 2 beginbfrange <0010><0012><0061>\n<20> <21> [<0066 0069> <0078>] \
              <30> <30> <D800> <40> <40> <> endbfrange",
        );
        let text = |code: u32| map.get(&code).map(|units| String::from_utf16_lossy(units));
        assert_eq!(text(3).as_deref(), Some("A"));
        assert_eq!(text(0x12).as_deref(), Some("c"));
        assert_eq!(text(0x20).as_deref(), Some("fi"));
        assert_eq!(text(0x21).as_deref(), Some("x"));
        assert_eq!(text(0x30), None, "half a surrogate pair is no text");
        assert_eq!(text(0x40).as_deref(), Some(NOTHING));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let map = UnicodeMap::from([(3, vec![0x41]), (0xFFFF, vec![0xD83D, 0xDE00])]);
        assert_eq!(parse(&write(&map, 2)), map);
        assert_eq!(parse(&write(&map, 1)), UnicodeMap::from([(3, vec![0x41])]));
    }
}
