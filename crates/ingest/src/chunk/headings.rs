//! The headings that a place in a document stands under.

use std::rc::Rc;

use extract::{BlockKind, ExtractedDocument, Page};

use super::header::MAX_HEADER_TOKENS;
use super::units::{beginning, one_line};

/// Follows the headings through a document.
pub(super) struct HeadingPath {
    path: Vec<(u8, String)>,
    shared: Rc<[String]>,
}

impl HeadingPath {
    pub(super) fn new() -> Self {
        Self { path: Vec::new(), shared: Rc::from([]) }
    }

    /// A heading ends all those of its level and below.
    pub(super) fn enter(&mut self, level: u8, title: &str) {
        self.path.retain(|(above, _)| *above < level);
        self.path.push((level, one_line(beginning(title, MAX_HEADER_TOKENS))));
        self.shared = self.path.iter().map(|(_, title)| title.clone()).collect();
    }

    /// The headings now, highest first.
    pub(super) fn current(&self) -> Rc<[String]> {
        Rc::clone(&self.shared)
    }
}

/// Whether the pages' own headings are known; else the outline has to stand in for them.
pub(super) fn has_headings(document: &ExtractedDocument) -> bool {
    let is_heading =
        |page: &Page| page.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }));
    document.pages.iter().any(is_heading)
}
