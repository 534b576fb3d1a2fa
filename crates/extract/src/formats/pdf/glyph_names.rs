//! Names of glyphs, read by the rules of Adobe's glyph list.

/// What a name says.
#[derive(Debug, PartialEq)]
pub(super) enum Named {
    /// For the list, which pdf-extract knows.
    Listed(Vec<u8>),
    /// Spelt out by the name itself: a ligature, or the numbers of characters.
    Letters(String),
}

/// `one.oldstyle` is `one`, `T_h` the letters of a ligature, `uni20AC` a character's number.
pub(super) fn read(name: &[u8]) -> Named {
    let listed = || Named::Listed(name.to_vec());
    let Ok(name) = std::str::from_utf8(name) else { return listed() };
    let base = name.split_once('.').map_or(name, |(base, _)| base);
    if base.is_empty() {
        return listed();
    }
    if base.len() == 1 {
        return Named::Listed(base.into());
    }
    let letters: Option<String> = base.split('_').map(spelt_out).collect();
    letters.map_or_else(|| Named::Listed(base.into()), Named::Letters)
}

fn spelt_out(part: &str) -> Option<String> {
    if part.len() == 1 {
        return Some(part.to_owned());
    }
    let is_number = |digits: &str| digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F'));
    let character = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?);
    if let Some(digits) = part.strip_prefix("uni")
        && is_number(digits)
        && digits.len() >= 4
        && digits.len() % 4 == 0
    {
        return (0..digits.len()).step_by(4).map(|at| character(&digits[at..at + 4])).collect();
    }
    let digits =
        part.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()) && is_number(digits))?;
    character(digits).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_the_rules_of_the_list() {
        let listed = |name: &str| Named::Listed(name.into());
        let letters = |text: &str| Named::Letters(text.to_owned());
        assert_eq!(read(b"one.oldstyle"), listed("one"));
        assert_eq!(read(b"a.sc"), listed("a"));
        assert_eq!(read(b"T_h"), letters("Th"));
        assert_eq!(read(b"f_f_i.alt"), letters("ffi"));
        assert_eq!(read(b"uni20AC"), letters("\u{20ac}"));
        assert_eq!(read(b"uni004100420"), listed("uni004100420"), "not in groups of four");
        assert_eq!(read(b"u1F600"), letters("\u{1f600}"));
        for name in ["union", "uacute", ".notdef", "u", "g_acute"] {
            assert_eq!(read(name.as_bytes()), listed(name));
        }
    }
}
