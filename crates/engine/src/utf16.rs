//! Byte offsets as a webview counts.

use std::ops::Range;

use crate::api::TextRange;

/// A range of bytes of `text` in UTF-16 code units.
pub(crate) fn text_range(text: &str, bytes: Range<usize>) -> TextRange {
    let start = units(&text[..bytes.start]);
    TextRange { start, end: start + units(&text[bytes]) }
}

fn units(text: &str) -> u32 {
    let units: usize = text.chars().map(char::len_utf16).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_outside_the_basic_plane_count_twice() {
        let text = "🗼 at Ardé burns";
        let bytes = text.find("burns").map(|start| start..start + 5).unwrap();
        let range = text_range(text, bytes);
        assert_eq!((range.start, range.end), (11, 16));
    }
}
