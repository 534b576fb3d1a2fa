//! Byte offsets as a webview counts.

use std::ops::Range;

use crate::api::TextRange;

/// Turns byte offsets of a text, asked for in rising order, into UTF-16 code units in one pass over the text.
pub(crate) struct Utf16<'a> {
    text: &'a str,
    bytes: usize,
    units: u32,
}

impl<'a> Utf16<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, bytes: 0, units: 0 }
    }

    /// `bytes` must not begin before the end of the range asked for last.
    pub(crate) fn range(&mut self, bytes: Range<usize>) -> TextRange {
        TextRange { start: self.offset(bytes.start), end: self.offset(bytes.end) }
    }

    fn offset(&mut self, bytes: usize) -> u32 {
        let units: usize = self.text[self.bytes..bytes].chars().map(char::len_utf16).sum();
        self.bytes = bytes;
        self.units = self.units.saturating_add(u32::try_from(units).unwrap_or(u32::MAX));
        self.units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_outside_the_basic_plane_count_twice() {
        let text = "🗼 at Ardé burns";
        let mut utf16 = Utf16::of(text);
        let ranges = ["at", "burns"].map(|word| {
            let start = text.find(word).unwrap();
            let range = utf16.range(start..start + word.len());
            (range.start, range.end)
        });
        assert_eq!(ranges, [(3, 5), (11, 16)]);
    }
}
