//! What a page has besides its text, in few bytes: a page of a report has hundreds of words with places.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::{Block, Bounds, Page, Word};

/// A page's structure and the places of its words, as it is stored beside the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// Width and height in points, where the format has them.
    pub size: Option<(f32, f32)>,
    /// The structure of the text.
    pub blocks: Vec<Block>,
    /// The words with their places.
    pub words: Vec<Word>,
}

impl Layout {
    /// The layout of a page.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        Self { size: page.size, blocks: page.blocks.clone(), words: page.words.clone() }
    }

    /// In bytes, to be stored: places to a sixteenth of a point.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let packed = Packed { size: self.size, blocks: self.blocks.clone(), words: Columns::of(&self.words) };
        let packed = postcard::to_allocvec(&packed);
        let packed = packed.expect("numbers and sequences of known length can always be written");
        let mut bytes = vec![DEFLATED];
        let mut out = DeflateEncoder::new(&mut bytes, Compression::default());
        out.write_all(&packed).and_then(|()| out.finish().map(drop)).expect("memory takes what is written");
        bytes
    }

    /// From stored bytes; `None` where they were written in another way.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Some((&DEFLATED, packed)) = bytes.split_first() else { return postcard::from_bytes(bytes).ok() };
        let mut whole = Vec::new();
        DeflateDecoder::new(packed).read_to_end(&mut whole).ok()?;
        let Packed { size, blocks, words } = postcard::from_bytes(&whole).ok()?;
        Some(Self { size, blocks, words: words.words() })
    }
}

/// What the bytes begin with. Those of earlier versions are the layout itself, which begins with whether it has a size.
const DEFLATED: u8 = 2;

/// The parts of a point that are told apart: a glyph's edge is blurred wider than this.
const PARTS: f32 = 16.0;

#[derive(Serialize, Deserialize)]
struct Packed {
    size: Option<(f32, f32)>,
    blocks: Vec<Block>,
    words: Columns,
}

/// The words, a column for each of their numbers, each as the difference from where the word before leads to expect it: most of
/// these are small and much alike.
#[derive(Default, Serialize, Deserialize)]
struct Columns {
    starts: Vec<i64>,
    lengths: Vec<i64>,
    lefts: Vec<i64>,
    widths: Vec<i64>,
    bottoms: Vec<i64>,
    heights: Vec<i64>,
}

/// What the next word's numbers are compared with.
#[derive(Default)]
struct Expected {
    start: i64,
    left: i64,
    bottom: i64,
    height: i64,
}

impl Columns {
    fn of(words: &[Word]) -> Self {
        let (mut columns, mut expected) = (Self::default(), Expected::default());
        for Word { range, bounds } in words {
            let (start, end) = (range.start as i64, range.end as i64);
            let [left, bottom, right, top] =
                [bounds.left, bounds.bottom, bounds.right, bounds.top].map(parts);
            columns.starts.push(start - expected.start);
            columns.lengths.push(end - start);
            columns.lefts.push(left - expected.left);
            columns.widths.push(right - left);
            columns.bottoms.push(bottom - expected.bottom);
            columns.heights.push(top - bottom - expected.height);
            expected = Expected { start: end, left: right, bottom, height: top - bottom };
        }
        columns
    }

    fn words(&self) -> Vec<Word> {
        let mut expected = Expected::default();
        let places = self.starts.iter().zip(&self.lengths).zip(self.lefts.iter().zip(&self.widths));
        let words = places.zip(self.bottoms.iter().zip(&self.heights)).map(
            |(((start, length), (left, width)), (bottom, height))| {
                let start = expected.start.saturating_add(*start);
                let end = start.saturating_add(*length);
                let left = expected.left.saturating_add(*left);
                let right = left.saturating_add(*width);
                let bottom = expected.bottom.saturating_add(*bottom);
                let height = expected.height.saturating_add(*height);
                let top = bottom.saturating_add(height);
                expected = Expected { start: end, left: right, bottom, height };
                let [left, bottom, right, top] = [left, bottom, right, top].map(points);
                Word { range: start as usize..end as usize, bounds: Bounds { left, bottom, right, top } }
            },
        );
        words.collect()
    }
}

/// No page is wider than this many points: differences of such numbers cannot overflow.
const WIDEST: f32 = 1e9;

fn parts(points: f32) -> i64 {
    (points.clamp(-WIDEST, WIDEST) * PARTS).round() as i64
}

fn points(parts: i64) -> f32 {
    parts as f32 / PARTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BlockKind;

    #[test]
    fn what_is_stored_is_read_again_in_few_bytes() {
        let bounds = |n: usize| {
            let (left, bottom) = ((n % 10) as f32 * 50.0 + 72.0, 700.5 - (n / 10) as f32 * 14.0);
            Bounds { left, bottom, right: left + 29.25, top: bottom + 11.5 }
        };
        let words: Vec<Word> =
            (0..500).map(|n| Word { range: n * 6..n * 6 + 5, bounds: bounds(n) }).collect();
        let blocks = vec![Block { kind: BlockKind::Paragraph, range: 0..3_000 }];
        let layout = Layout { size: Some((595.0, 842.0)), blocks, words };
        let bytes = layout.encode();
        assert!(bytes.len() < 500, "{}", bytes.len());
        assert_eq!(Layout::decode(&bytes).as_ref(), Some(&layout));
        let of_an_earlier_version = postcard::to_allocvec(&layout).unwrap();
        assert_eq!(Layout::decode(&of_an_earlier_version), Some(layout));
        assert_eq!([b"\xff", b"\x02"].map(|bytes| Layout::decode(bytes)), [None, None]);
    }
}
