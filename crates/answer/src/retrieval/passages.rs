//! Groups of chunks to passages.

use std::collections::{BTreeMap, HashMap};

use libraries::Library;
use library::{ChunkId, DocumentId, PageSpan, Passage};

use super::joining::Group;

/// Reads the passages of groups. Those whose chunks are gone meanwhile are left out.
pub(super) fn read(library: &Library, groups: Vec<Group>) -> Result<Vec<(Passage, Group)>, library::Error> {
    let all: Vec<ChunkId> = groups.iter().flat_map(Group::ids).collect();
    let found: HashMap<ChunkId, Passage> =
        library.passages(&all)?.into_iter().map(|passage| (passage.chunk, passage)).collect();
    let parts = |group: &Group| group.ids().filter_map(|chunk| found.get(&chunk).cloned()).collect();
    let mut groups: Vec<(Vec<Passage>, Group)> =
        groups.into_iter().map(|group| (parts(&group), group)).collect();
    groups.retain(|(parts, _)| !parts.is_empty());
    let joined = groups.iter().filter(|(parts, _)| parts.len() > 1).flat_map(|(parts, _)| parts);
    let pages = joined.flat_map(|part| (part.page_first..=part.page_last).map(|page| (part.document, page)));
    let texts = library.page_texts(&pages.collect::<Vec<_>>())?;
    Ok(groups.into_iter().filter_map(|(parts, group)| Some((joined_parts(parts, &texts)?, group))).collect())
}

/// Neighbours as one passage: what several say, because chunks overlap, is said once.
fn joined_parts(parts: Vec<Passage>, texts: &HashMap<(DocumentId, u32), String>) -> Option<Passage> {
    let mut parts = parts.into_iter();
    let mut passage = parts.next()?;
    if parts.len() == 0 {
        return Some(passage);
    }
    for next in parts {
        passage.page_spans.extend(next.page_spans);
        passage.page_last = passage.page_last.max(next.page_last);
        passage.page_labels.extend(next.page_labels);
    }
    passage.page_spans.sort_by_key(|span| (span.page, span.start, span.end));
    passage.page_spans.dedup();
    let mut stretches: BTreeMap<u32, PageSpan> = BTreeMap::new();
    for span in &passage.page_spans {
        let stretch = stretches.entry(span.page).or_insert(*span);
        stretch.start = stretch.start.min(span.start);
        stretch.end = stretch.end.max(span.end);
    }
    let text = |stretch: &PageSpan| {
        texts.get(&(passage.document, stretch.page)).and_then(|text| text.get(stretch.start..stretch.end))
    };
    passage.text = stretches.values().filter_map(text).collect::<Vec<_>>().join("\n");
    Some(passage)
}
