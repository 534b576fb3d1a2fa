//! The head of a message in Unicode, whatever it was written in.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use memchr::memmem;

use super::charsets;

/// The message with a head that is UTF-8, encoded words included. Bytes that name no character set are in the one of
/// the rest of the message.
pub(super) fn in_unicode(message: &[u8]) -> Cow<'_, [u8]> {
    let (head, body) = message.split_at(length_of(message));
    if head.is_ascii() && memmem::find(head, b"=?").is_none() {
        return message.into();
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(_) => charsets::decode(head, charset_in(head).as_deref(), None).text,
    };
    [with_words_in_unicode(&text).as_bytes(), body].concat().into()
}

/// Up to the empty line, with it.
fn length_of(message: &[u8]) -> usize {
    let ends = [b"\n\n".as_slice(), b"\n\r\n"].into_iter();
    ends.filter_map(|end| memmem::find(message, end).map(|at| at + end.len())).min().unwrap_or(message.len())
}

fn charset_in(head: &[u8]) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    let value = &lower[memmem::find(&lower, b"charset=")? + "charset=".len()..];
    let end =
        value.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b';').unwrap_or(value.len());
    Some(String::from_utf8_lossy(&value[..end]).into_owned())
}

/// An encoded word: what it is written in, and its bytes.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

/// Words of one character set that follow each other are one text: programs part them within a character.
fn with_words_in_unicode(head: &str) -> String {
    let mut written = String::with_capacity(head.len());
    let mut rest = head;
    while let Some(at) = rest.find("=?") {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((mut word, mut length)) = word(rest) else {
            written.push_str("=?");
            rest = &rest[2..];
            continue;
        };
        loop {
            let after = rest[length..].trim_start();
            let Some((next, next_length)) = self::word(after) else { break };
            if !next.charset.eq_ignore_ascii_case(word.charset) {
                break;
            }
            word.bytes.extend(next.bytes);
            length = rest.len() - after.len() + next_length;
        }
        let text = charsets::decode(&word.bytes, Some(word.charset), None).text;
        written.push_str(&format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(text)));
        rest = &rest[length..];
    }
    written.push_str(rest);
    written
}

/// The encoded word that a text begins with, and its length.
fn word(text: &str) -> Option<(Word<'_>, usize)> {
    let mut parts = text.strip_prefix("=?")?.splitn(3, '?');
    let (charset, way, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find("?=")?;
    let encoded = &rest[..end];
    let bytes = match way {
        "B" | "b" => base64_decode(encoded.as_bytes())?,
        "Q" | "q" => quoted_printable_decode(encoded.replace('_', "=20").as_bytes())?,
        _ => return None,
    };
    let length = "=?".len() + charset.len() + 1 + way.len() + 1 + end + "?=".len();
    Some((Word { charset, bytes }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(head: &[u8]) -> String {
        let message = in_unicode(head).into_owned();
        mail_parser::MessageParser::default().parse(&message).unwrap().subject().unwrap().to_owned()
    }

    #[test]
    fn words_are_read_in_their_character_set() {
        assert_eq!(
            subject(b"Subject: =?iso-8859-1?Q?Re:_=93Angebot=94?=\r\n\r\n"),
            "Re: \u{201c}Angebot\u{201d}"
        );
        assert_eq!(
            subject(b"Subject: =?iso-2022-jp?B?GyRCMnE1RC0hGyhC?=\r\n\r\n"),
            "\u{4f1a}\u{8b70}\u{2460}"
        );
        assert_eq!(subject(b"Subject: =?utf-8?Q?Gr=FC=DFe?=\r\n\r\n"), "Gr\u{fc}\u{df}e");
        assert_eq!(subject(b"Subject: a =?x b\r\n\r\n"), "a =?x b");
    }

    #[test]
    fn words_may_end_within_a_character() {
        assert_eq!(subject(b"Subject: =?utf-8?B?R3LD?=\r\n =?utf-8?B?vMOfZQ==?=\r\n\r\n"), "Gr\u{fc}\u{df}e");
    }

    #[test]
    fn bytes_without_a_word_are_read_too() {
        let head =
            b"Subject: Gr\xfc\xdfe aus K\xf6ln\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n";
        assert_eq!(subject(head), "Gr\u{fc}\u{df}e aus K\u{f6}ln");
    }
}
