//! The structure of a page as a webview counts.

use extract::{BlockKind, Layout};

use crate::api::{PageBlock, PageBlockKind};
use crate::utf16::Utf16;

/// The blocks of a page. Those of a layout that does not fit its text are left out.
pub(super) fn of(layout: &Layout, text: &str) -> Vec<PageBlock> {
    let mut utf16 = Utf16::of(text);
    let fits = |range: &std::ops::Range<usize>| text.get(range.clone()).is_some();
    layout
        .blocks
        .iter()
        .filter(|block| fits(&block.range))
        .map(|block| {
            let (kind, level) = match block.kind {
                BlockKind::Heading { level } => (PageBlockKind::Heading, level),
                BlockKind::Paragraph => (PageBlockKind::Paragraph, 0),
                BlockKind::ListItem => (PageBlockKind::ListItem, 0),
                BlockKind::TableRow { header: true } => (PageBlockKind::TableHeader, 0),
                BlockKind::TableRow { header: false } => (PageBlockKind::TableRow, 0),
                BlockKind::Code => (PageBlockKind::Code, 0),
            };
            PageBlock { kind, level, range: utf16.range(block.range.clone()) }
        })
        .collect()
}
