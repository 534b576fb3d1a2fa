//! Groups of chunks to passages.

use std::collections::BTreeMap;

use library::{ChunkId, Library, PageSpan, Passage};

use super::joining::Group;

/// Reads the passages. Those whose chunks are gone meanwhile are left out.
pub(super) fn read(library: &Library, groups: &[Group]) -> Result<Vec<(Passage, f32)>, library::Error> {
    let mut passages = Vec::with_capacity(groups.len());
    for group in groups {
        let chunks: Vec<ChunkId> = group.chunks.iter().map(|place| place.chunk).collect();
        let mut parts = library.passages(&chunks)?.into_iter();
        let Some(first) = parts.next() else { continue };
        let joined = parts.try_fold(first, |passage, next| join(library, passage, next))?;
        passages.push((joined, group.score));
    }
    Ok(passages)
}

/// Two neighbours as one passage: what both say, because chunks overlap, is said once.
fn join(library: &Library, mut passage: Passage, next: Passage) -> Result<Passage, library::Error> {
    passage.page_spans.extend(next.page_spans);
    passage.page_spans.sort_by_key(|span| (span.page, span.start, span.end));
    passage.page_spans.dedup();
    passage.page_last = passage.page_last.max(next.page_last);
    let mut stretches: BTreeMap<u32, PageSpan> = BTreeMap::new();
    for span in &passage.page_spans {
        let stretch = stretches.entry(span.page).or_insert(*span);
        stretch.start = stretch.start.min(span.start);
        stretch.end = stretch.end.max(span.end);
    }
    let mut texts = Vec::new();
    for stretch in stretches.values() {
        let page = library.page_text(passage.document, stretch.page)?;
        texts.extend(page.and_then(|page| page.get(stretch.start..stretch.end).map(str::to_owned)));
    }
    passage.text = texts.join("\n");
    Ok(passage)
}
