//! A content stream cut into operations without interpreting it. What breaks the syntax is skipped, so that
//! one bad byte does not cost the rest of the page.

use std::ops::Range;

/// What an operand is, and where it stands in the stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Range<usize>),
    /// With its brackets.
    String(Range<usize>),
    /// Without its brackets.
    Array(Range<usize>),
    /// With its brackets.
    Dictionary(Range<usize>),
    /// Keywords, which no text operator takes.
    Other,
}

/// Cuts a stream into operations.
pub(super) struct Operations<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Those of the operation returned last.
    pub operands: Vec<Operand>,
}

/// More operands than any operator takes are garbage.
const MOST_OPERANDS: usize = 64;

impl<'a> Operations<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, operands: Vec::new() }
    }

    /// The next operator; its operands are in `self.operands`.
    pub fn next_operator(&mut self) -> Option<&'a [u8]> {
        self.operands.clear();
        loop {
            let operand = match self.token()? {
                Token::Operand(operand) => operand,
                Token::Keyword(b"BI") => {
                    self.skip_inline_image();
                    self.operands.clear();
                    continue;
                }
                Token::Keyword(b"true" | b"false" | b"null") => Operand::Other,
                Token::Keyword(operator) => return Some(operator),
            };
            if self.operands.len() == MOST_OPERANDS {
                self.operands.clear();
            }
            self.operands.push(operand);
        }
    }

    /// The strings and numbers of an array, as in the operand of `TJ`.
    pub fn array_items(&self, array: Range<usize>) -> impl Iterator<Item = Operand> + use<'a> {
        let mut items = Operations { bytes: &self.bytes[..array.end], at: array.start, operands: Vec::new() };
        std::iter::from_fn(move || {
            loop {
                if let Token::Operand(operand @ (Operand::Number(_) | Operand::String(_))) = items.token()? {
                    return Some(operand);
                }
            }
        })
    }

    fn token(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            let byte = *self.bytes.get(start)?;
            self.at += 1;
            let operand = match byte {
                b'%' => {
                    self.at = self.find(start, |byte| matches!(byte, b'\n' | b'\r'));
                    continue;
                }
                b'/' => {
                    self.at = self.find(self.at, is_delimiter_or_space);
                    Operand::Name(start + 1..self.at)
                }
                b'(' => {
                    self.at = self.literal_string_end(self.at);
                    Operand::String(start..self.at)
                }
                b'<' if self.bytes.get(self.at) == Some(&b'<') => {
                    self.at = self.dictionary_end(self.at + 1);
                    Operand::Dictionary(start..self.at)
                }
                b'<' => {
                    let end = self.find(self.at, |byte| byte == b'>');
                    self.at = (end + 1).min(self.bytes.len());
                    Operand::String(start..self.at)
                }
                b'[' => {
                    let end = self.array_end(self.at);
                    self.at = (end + 1).min(self.bytes.len());
                    Operand::Array(start + 1..end)
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    self.at = self.find(self.at, |byte| !matches!(byte, b'0'..=b'9' | b'.' | b'-'));
                    Operand::Number(number(&self.bytes[start..self.at]))
                }
                byte if is_delimiter_or_space(byte) => continue,
                _ => {
                    self.at = self.find(self.at, is_delimiter_or_space);
                    return Some(Token::Keyword(&self.bytes[start..self.at]));
                }
            };
            return Some(Token::Operand(operand));
        }
    }

    /// The first place from `start` on that fits, or the end.
    fn find(&self, start: usize, fits: impl Fn(u8) -> bool) -> usize {
        self.bytes[start..]
            .iter()
            .position(|byte| fits(*byte))
            .map_or(self.bytes.len(), |found| start + found)
    }

    /// Behind the bracket that closes a string whose first byte is at `at`.
    fn literal_string_end(&self, mut at: usize) -> usize {
        let mut depth = 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at.min(self.bytes.len())
    }

    fn array_end(&self, mut at: usize) -> usize {
        let mut depth = 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'(' => {
                    at = self.literal_string_end(at + 1);
                    continue;
                }
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at;
            }
            at += 1;
        }
        at
    }

    fn dictionary_end(&self, mut at: usize) -> usize {
        let mut depth = 1;
        while let Some(byte) = self.bytes.get(at) {
            let doubled = self.bytes.get(at + 1) == Some(byte);
            match byte {
                b'(' => {
                    at = self.literal_string_end(at + 1);
                    continue;
                }
                b'<' if doubled => {
                    depth += 1;
                    at += 1;
                }
                b'<' => at = self.find(at, |byte| byte == b'>'),
                b'>' if doubled => {
                    depth -= 1;
                    at += 1;
                }
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at.min(self.bytes.len())
    }

    /// An inline image ends at an `EI` between white space; its bytes may hold anything before that.
    fn skip_inline_image(&mut self) {
        while let Some(found) = self.bytes[self.at..].windows(2).position(|pair| pair == b"EI") {
            let start = self.at + found;
            self.at = start + 2;
            let before = start == 0 || is_space(self.bytes[start - 1]);
            let after = self.bytes.get(self.at).is_none_or(|byte| is_space(*byte));
            let what_follows = &self.bytes[self.at..(self.at + 16).min(self.bytes.len())];
            if before && after && what_follows.iter().all(|byte| is_space(*byte) || (32..127).contains(byte))
            {
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

enum Token<'a> {
    Operand(Operand),
    Keyword(&'a [u8]),
}

/// As far as it can be read: `--5` is -5 and `1.2.3` is 1.2, as other readers have it.
fn number(bytes: &[u8]) -> f64 {
    let digits = bytes.trim_ascii_start();
    let signs = digits.iter().take_while(|byte| matches!(byte, b'-' | b'+')).count();
    let mut dots = 0;
    let usable = digits[signs..].iter().take_while(|byte| {
        dots += usize::from(**byte == b'.');
        byte.is_ascii_digit() || (**byte == b'.' && dots == 1)
    });
    let usable = usable.count();
    let text = std::str::from_utf8(&digits[signs..signs + usable]).unwrap_or_default();
    let magnitude: f64 = text.parse().unwrap_or(0.0);
    if digits.starts_with(b"-") { -magnitude } else { magnitude }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter_or_space(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(bytes: &[u8]) -> Vec<(String, Vec<Operand>)> {
        let mut operations = Operations::of(bytes);
        let mut found = Vec::new();
        while let Some(operator) = operations.next_operator() {
            found.push((String::from_utf8_lossy(operator).into_owned(), operations.operands.clone()));
        }
        found
    }

    #[test]
    fn operands_of_every_kind_are_found() {
        let bytes = b"/F1 12 Tf [(a(b\\)c)) -2.5 <41>]TJ /P <</MCID 0 /S (>>)>> BDC % Tj\n(x)'";
        let found = operators(bytes);
        let names: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!(names, ["Tf", "TJ", "BDC", "'"]);
        assert_eq!(found[0].1, [Operand::Name(1..3), Operand::Number(12.0)]);
        let Operand::Array(array) = &found[1].1[0] else { panic!("no array") };
        let items: Vec<Operand> = Operations::of(bytes).array_items(array.clone()).collect();
        assert_eq!(items, [Operand::String(11..20), Operand::Number(-2.5), Operand::String(26..30)]);
    }

    #[test]
    fn inline_images_and_garbage_are_skipped() {
        let found = operators(b"q BI /W 1 ID \x80EI\xff(\x01 EI Q ) >> --5 1.2.3 Td");
        let names: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!(names, ["q", "Q", "Td"]);
        assert_eq!(found[2].1, [Operand::Number(-5.0), Operand::Number(1.2)]);
    }

    #[test]
    fn what_is_never_closed_ends_at_the_end() {
        for bytes in [b"(abc".as_slice(), b"[(abc", b"<</A", b"<41", b"BI ID", b"(\\"] {
            assert!(operators(bytes).is_empty());
        }
    }
}
