//! Files that lie in other files: the attachments of messages and of PDFs.

use super::{DocumentInfo, Source, extension_of};
use crate::{ExtractError, OutlineEntry, Page, SourceEngine, Warning};

/// A message attached to a message attached to a message is read; deeper ones are named only.
const DEEPEST: u8 = 3;

/// Reads a file that lies in another one, which lies in `depth` more. Its pages become pages of text of the outer
/// file, numbered from `first` on, and what it says of itself is added to `info`.
///
/// # Errors
/// Why it was not read.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    depth: u8,
    first: u32,
    info: &mut DocumentInfo,
) -> Result<Vec<Page>, ExtractError> {
    if depth >= DEEPEST {
        return Err(ExtractError::TooDeep);
    }
    let extension = extension_of(name.as_ref());
    let source = Source { depth: depth + 1, ..Source::new(bytes, &extension) };
    let mut pages: Vec<Page> = Vec::new();
    let inner = super::read(&source, &mut |page| pages.push(page))?;
    for (page, number) in pages.iter_mut().zip(first..) {
        // A viewer of the outer file does not show it: it has no place there.
        page.words.clear();
        (page.number, page.label, page.size, page.source_engine) = (number, None, None, SourceEngine::Text);
    }
    info.outline.push(OutlineEntry { title: name.to_owned(), level: 2, page: first });
    info.outline.extend(inner.outline.into_iter().map(|entry| OutlineEntry {
        level: (entry.level + 2).min(6),
        page: entry.page + first - 1,
        ..entry
    }));
    let in_file = |warning| Warning::InFile { name: name.to_owned(), warning: Box::new(warning) };
    info.warnings.extend(inner.warnings.into_iter().map(in_file));
    Ok(pages)
}
