//! A place in a TeX source.

/// Groups nest no deeper in anything that people write.
const DEEPEST: usize = 100;

pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub fn new(tex: &'a str) -> Self {
        Self { rest: tex }
    }

    pub fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    pub fn take(&mut self, expected: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(expected) else { return false };
        self.rest = rest;
        true
    }

    /// The name of a command behind its backslash: letters, or one other character.
    pub fn command(&mut self) -> &'a str {
        let letters =
            self.rest.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'@').count();
        let length = if letters > 0 { letters } else { self.rest.chars().next().map_or(0, char::len_utf8) };
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest;
        if letters > 0 {
            self.take("*");
        }
        name
    }

    /// What stands up to the mark, which is passed over; all of the rest where there is none.
    pub fn until(&mut self, mark: &str) -> &'a str {
        let (inside, rest) = self.rest.split_once(mark).unwrap_or((self.rest, ""));
        self.rest = rest;
        inside
    }

    /// An argument in braces, without them. White space in front of it is passed over.
    pub fn argument(&mut self) -> Option<&'a str> {
        self.enclosed('{', '}')
    }

    /// Passes over options in brackets.
    pub fn skip_option(&mut self) {
        while self.enclosed('[', ']').is_some() {}
    }

    fn enclosed(&mut self, open: char, close: char) -> Option<&'a str> {
        let inside = self.rest.trim_start_matches([' ', '\t']).strip_prefix(open)?;
        let (mut depth, mut escaped) = (1, false);
        for (at, character) in inside.char_indices() {
            if escaped {
                escaped = false;
                continue;
            }
            escaped = character == '\\';
            depth += usize::from(character == open);
            depth -= usize::from(character == close);
            if depth == 0 {
                self.rest = &inside[at + close.len_utf8()..];
                return Some(&inside[..at]);
            }
            if depth > DEEPEST {
                return None;
            }
        }
        None
    }
}
