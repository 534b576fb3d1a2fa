//! Characters that a server cut in two.
//!
//! Servers written in JavaScript cut text between UTF-16 units, so that one event ends in `"\ud83d"` and the next
//! one begins with `"\udc4b"`. Neither is valid JSON for a strict reader; together they are one character.

/// Joins halves over events.
#[derive(Debug, Default)]
pub(crate) struct Surrogates {
    /// The escape of a first half whose second has not come yet.
    first_half: Option<String>,
}

impl Surrogates {
    /// The same JSON with first halves taken out at their event's end and put back before their second half. A
    /// second half without a first becomes the replacement character.
    pub(crate) fn mend(&mut self, json: String) -> String {
        if !json.contains("\\ud") && !json.contains("\\uD") {
            return json;
        }
        let mut mended = String::with_capacity(json.len());
        let mut rest = json.as_str();
        while let Some(start) = rest.find('\\') {
            mended.push_str(&rest[..start]);
            rest = &rest[start..];
            let taken = match (unit(rest), unit(rest.get(6..).unwrap_or_default())) {
                (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => {
                    mended.push_str(&rest[..12]);
                    12
                }
                (Some(0xd800..0xdc00), _) => {
                    self.first_half = Some(rest[..6].to_owned());
                    6
                }
                (Some(0xdc00..0xe000), _) => {
                    match self.first_half.take() {
                        Some(first_half) => mended.extend([&first_half, &rest[..6]]),
                        None => mended.push('\u{fffd}'),
                    }
                    6
                }
                // Any other escape is a backslash and at least one character of one byte.
                _ => {
                    let length = rest.len().min(2);
                    mended.push_str(rest.get(..length).unwrap_or_default());
                    length
                }
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        mended.push_str(rest);
        mended
    }
}

/// The UTF-16 unit of an escape at the beginning of `text`.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_what_was_cut_and_leaves_the_rest() {
        let mut surrogates = Surrogates::default();
        for (sent, mended) in [
            (r#""plain \n \\ud83d \" é""#, r#""plain \n \\ud83d \" é""#),
            (r#""whole \ud83d\udc4b!""#, r#""whole \ud83d\udc4b!""#),
            (r#""a \ud83d""#, r#""a ""#),
            (r#""\uDC4B b""#, r#""\ud83d\uDC4B b""#),
            (r#""\udc4b alone""#, "\"\u{fffd} alone\""),
        ] {
            assert_eq!(surrogates.mend(sent.to_owned()), mended);
        }
    }

    #[test]
    fn takes_any_text() {
        let mut surrogates = Surrogates::default();
        for text in ["\\ud8", "\\ud83d\\", "\\ud83d\\é", "\\é\\ud", "\\"] {
            surrogates.mend(text.to_owned());
        }
        assert_eq!(surrogates.mend("\\ud83d\\udc4b".to_owned()), "\\ud83d\\udc4b");
    }
}
