//! The tokens of RTF: groups, control words, and bytes of text.

/// One token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word12`
    Word(&'a str, Option<i32>),
    /// `\~` and the like.
    Symbol(u8),
    /// A byte of text, written as such or as `\'e9`.
    Byte(u8),
}

/// Splits RTF into tokens, binary data left out.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let (&first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            return Some(match first {
                b'\'' => self.hex(),
                b'\r' | b'\n' => Token::Word("par", None),
                b'\\' | b'{' | b'}' => Token::Byte(first),
                symbol => Token::Symbol(symbol),
            });
        }
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, after) = self.rest.split_at(length);
        let word = str::from_utf8(word).unwrap_or_default();
        self.rest = after;
        let number = self.number();
        if let [b' ', after @ ..] = self.rest {
            self.rest = after;
        }
        if word == "bin" {
            let skipped = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.rest = self.rest.get(skipped..).unwrap_or_default();
        }
        Some(Token::Word(word, number))
    }

    fn number(&mut self) -> Option<i32> {
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let (number, after) = self.rest.split_at(sign + digits);
        self.rest = after;
        str::from_utf8(number).ok()?.parse().ok()
    }

    fn hex(&mut self) -> Token<'a> {
        let code = self.rest.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                self.rest = &self.rest[2..];
                Token::Byte(byte)
            }
            None => Token::Symbol(b'\''),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (&byte, after) = self.rest.split_first()?;
            self.rest = after;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_symbols_and_bytes_are_told_apart() {
        let tokens: Vec<Token> = Tokens::of(b"{\\b0 a\\'e9\\~\\u-10179?\\bin3 }}x\\par\n}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Byte(b'a'),
            Token::Byte(0xe9),
            Token::Symbol(b'~'),
            Token::Word("u", Some(-10179)),
            Token::Byte(b'?'),
            Token::Word("bin", Some(3)),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}
