//! Citation markers in a streamed answer.

/// Longer than any marker ("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"), so that a bracket in the text does not hold the
/// stream up for long.
const LONGEST: usize = 48;

/// No prompt has more sources.
const HIGHEST: u32 = 999;

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text as the model wrote it.
    Text(String),
    /// The source numbers of one marker, in order.
    Marker(Vec<u32>),
}

/// Finds the markers in an answer while it arrives in pieces of any size.
///
/// Models write what they have seen most: `[1]`, `[1, 3]`, `[1-3]`, `[^1]`, `【1】`, `【1†source】`, `[source 1]`,
/// `(source 1)`. All of them count. Code is left alone.
#[derive(Debug, Default)]
pub(crate) struct MarkerParser {
    /// What may become a marker: it starts with an opening bracket.
    held: String,
    /// Backticks that opened the code we are in; 0 outside of code.
    code_fence: usize,
    /// Backticks seen in a row.
    backticks: usize,
}

impl MarkerParser {
    /// Takes in the next piece of the stream and returns what is certain now.
    pub(crate) fn push(&mut self, text: &str) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        for character in text.chars() {
            self.character(character, &mut pieces);
        }
        pieces.0
    }

    /// The stream has ended: what was held back is text.
    pub(crate) fn finish(&mut self) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        pieces.text(&std::mem::take(&mut self.held));
        pieces.0
    }

    fn character(&mut self, character: char, pieces: &mut Pieces) {
        self.follow_code(character);
        let opens = matches!(character, '[' | '【' | '(');
        if self.held.is_empty() {
            if opens && self.code_fence == 0 {
                self.held.push(character);
            } else {
                pieces.character(character);
            }
            return;
        }
        if opens || self.code_fence > 0 {
            pieces.text(&std::mem::take(&mut self.held));
            return if opens { self.held.push(character) } else { pieces.character(character) };
        }
        self.held.push(character);
        if matches!(character, ']' | '】' | ')') {
            let held = std::mem::take(&mut self.held);
            match source_numbers(&held) {
                Some(numbers) => pieces.0.push(Piece::Marker(numbers)),
                None => pieces.text(&held),
            }
        } else if self.held.len() > LONGEST {
            pieces.text(&std::mem::take(&mut self.held));
        }
    }

    /// As Markdown has it: code ends with as many backticks as it began with.
    fn follow_code(&mut self, character: char) {
        if character == '`' {
            self.backticks += 1;
        } else if self.backticks > 0 {
            if self.code_fence == 0 {
                self.code_fence = self.backticks;
            } else if self.code_fence == self.backticks {
                self.code_fence = 0;
            }
            self.backticks = 0;
        }
    }
}

/// Pieces with neighbouring text joined.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn character(&mut self, character: char) {
        self.text(character.encode_utf8(&mut [0; 4]));
    }

    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }
}

/// The numbers in a bracketed text, if it is a marker.
fn source_numbers(bracketed: &str) -> Option<Vec<u32>> {
    let lower = bracketed.to_lowercase();
    let round = lower.starts_with('(');
    let inner = lower.trim_matches(['[', ']', '【', '】', '(', ')']);
    let inner = inner.split('†').next().unwrap_or(inner).trim();
    let named = ["sources", "source", "src"].iter().find_map(|name| inner.strip_prefix(name));
    if round && named.is_none() {
        return None;
    }
    let list = named.unwrap_or(inner).trim_start_matches([':', '#', '^', ' ']);
    let mut numbers = Vec::new();
    for part in list.split([',', ';', '&']).flat_map(|part| part.split(" and ")) {
        let mut ends = part.split(['-', '–']).map(|end| end.trim().trim_start_matches('^').parse::<u32>());
        let first = ends.next()?.ok()?;
        let last = ends.next().unwrap_or(Ok(first)).ok()?;
        if ends.next().is_some() || !(first..=HIGHEST).contains(&last) {
            return None;
        }
        numbers.extend(first..=last);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text that arrives whole, with markers written as `<1,2>`.
    fn read(text: &str) -> String {
        read_in_pieces([text])
    }

    fn read_in_pieces<'a>(pieces: impl IntoIterator<Item = &'a str>) -> String {
        let mut parser = MarkerParser::default();
        let mut found: Vec<Piece> = pieces.into_iter().flat_map(|piece| parser.push(piece)).collect();
        found.extend(parser.finish());
        let written = found.into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Marker(numbers) => {
                format!("<{}>", numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
            }
        });
        written.collect()
    }

    #[test]
    fn every_way_to_write_a_marker_counts() {
        for (text, expected) in [
            ("Lit in 1871 [1].", "Lit in 1871 <1>."),
            ("a [1, 3] b [2][4]", "a <1,3> b <2><4>"),
            ("a [1-3] b [5–6]", "a <1,2,3> b <5,6>"),
            ("a [1 and 2] b [3; 4]", "a <1,2> b <3,4>"),
            ("a【1】b【2†source】", "a<1>b<2>"),
            ("a [^7] b [Source 2] (sources 1, 2)", "a <7> b <2> <1,2>"),
            ("a (source: 3)", "a <3>"),
        ] {
            assert_eq!(read(text), expected);
        }
    }

    #[test]
    fn other_brackets_are_text() {
        for text in [
            "[sic]",
            "(12)",
            "[]",
            "f(x) [a, b]",
            "[1871 to 1932]",
            "[9-2]",
            "an open [1",
            "[1-2-3]",
            "[[",
            "(see [x])",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn a_marker_inside_brackets_is_found() {
        assert_eq!(read("(it rose [1])"), "(it rose <1>)");
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(read("`a[1]` [1] ```\nb[2]\n``` [2]"), "`a[1]` <1> ```\nb[2]\n``` <2>");
    }

    #[test]
    fn the_pieces_of_the_stream_do_not_matter() {
        let text = "Lit in 1871 [1, 2]. `x[1]` 灯台【3†source】(source 4) [sic] 12 % [^5]";
        let whole = read(text);
        for split in text.char_indices().map(|(offset, _)| offset) {
            assert_eq!(read_in_pieces([&text[..split], &text[split..]]), whole);
        }
        let single: Vec<String> = text.chars().map(String::from).collect();
        assert_eq!(read_in_pieces(single.iter().map(String::as_str)), whole);
    }
}
