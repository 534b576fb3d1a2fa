//! What a page has besides its text, in few bytes: a page of a report has hundreds of words with places.

use serde::{Deserialize, Serialize};

use crate::{Block, Page, Word};

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

    /// In bytes, to be stored.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("numbers and sequences of known length can always be written")
    }

    /// From stored bytes; `None` where they were written in another way.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BlockKind, Bounds};

    #[test]
    fn what_is_stored_is_read_again_in_few_bytes() {
        let bounds = Bounds { left: 72.0, bottom: 700.5, right: 101.25, top: 712.0 };
        let words: Vec<Word> = (0..500).map(|n| Word { range: n * 6..n * 6 + 5, bounds }).collect();
        let blocks = vec![Block { kind: BlockKind::Paragraph, range: 0..3_000 }];
        let layout = Layout { size: Some((595.0, 842.0)), blocks, words };
        let bytes = layout.encode();
        assert!(bytes.len() < 500 * 22, "{}", bytes.len());
        assert_eq!(Layout::decode(&bytes), Some(layout));
        assert_eq!(Layout::decode(b"\xff"), None);
    }
}
