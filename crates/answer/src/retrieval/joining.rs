//! Chunks to passages: neighbours become one passage, and what a page says is said once.

use std::collections::HashMap;

use library::{ChunkId, ChunkPlace, DocumentId};

use super::params::PARAMS;

/// Chunks that are read as one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// In reading order, the best among them.
    pub(super) chunks: Vec<ChunkPlace>,
    pub(super) score: f32,
}

impl Group {
    pub(super) fn ids(&self) -> impl Iterator<Item = ChunkId> {
        self.chunks.iter().map(|place| place.chunk)
    }
}

/// The best groups, best first. Of each page the best stretch comes first; the rest of it follows behind all others.
pub(super) fn groups(
    fused: &[(ChunkId, f32)],
    places: &HashMap<ChunkId, ChunkPlace>,
    join: bool,
) -> Vec<Group> {
    let by_place: HashMap<(DocumentId, u32), (ChunkId, f32)> = fused
        .iter()
        .filter_map(|&(chunk, score)| {
            places.get(&chunk).map(|place| ((place.document, place.ordinal), (chunk, score)))
        })
        .collect();
    let mut first: Vec<Group> = Vec::new();
    let mut behind: Vec<Group> = Vec::new();
    for &(chunk, score) in fused {
        let Some(&place) = places.get(&chunk) else { continue };
        let shown = |groups: &[Group]| groups.iter().any(|group| group.chunks.contains(&place));
        if shown(&first) || shown(&behind) {
            continue;
        }
        let neighbour = |ordinal: Option<u32>| {
            let (chunk, neighbours_score) = by_place.get(&(place.document, ordinal?)).copied()?;
            let neighbour = places.get(&chunk).copied()?;
            let near = neighbours_score >= PARAMS.neighbour * score && same_page(&neighbour, &place);
            near.then_some(neighbour)
                .filter(|neighbour| join && !first.iter().any(|group| group.chunks.contains(neighbour)))
        };
        let before = neighbour(place.ordinal.checked_sub(1));
        let after = neighbour(place.ordinal.checked_add(1));
        let chunks = before.into_iter().chain([place]).chain(after).collect();
        let group = Group { chunks, score };
        let again = first.iter().any(|other| is_same_place(other, &place));
        if again { behind.push(group) } else { first.push(group) }
    }
    first.append(&mut behind);
    first
}

fn same_page(one: &ChunkPlace, other: &ChunkPlace) -> bool {
    one.page_first == other.page_first && one.page_last == other.page_last
}

fn is_same_place(group: &Group, place: &ChunkPlace) -> bool {
    group.chunks.iter().any(|chunk| {
        chunk.document == place.document
            && same_page(chunk, place)
            && chunk.ordinal.abs_diff(place.ordinal) <= PARAMS.same_place
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two chunks a page.
    fn place(document: i64, ordinal: u32) -> ChunkPlace {
        let page = ordinal / 2 + 1;
        let chunk = ChunkId(document * 100 + i64::from(ordinal));
        ChunkPlace { chunk, document: DocumentId(document), ordinal, page_first: page, page_last: page }
    }

    fn ordinals(found: &[(i64, u32, f32)]) -> Vec<Vec<u32>> {
        let places: Vec<ChunkPlace> =
            found.iter().map(|&(document, ordinal, _)| place(document, ordinal)).collect();
        let fused: Vec<(ChunkId, f32)> =
            places.iter().zip(found).map(|(place, found)| (place.chunk, found.2)).collect();
        let places = places.into_iter().map(|place| (place.chunk, place)).collect();
        let groups = groups(&fused, &places, true);
        groups.iter().map(|group| group.chunks.iter().map(|chunk| chunk.ordinal).collect()).collect()
    }

    #[test]
    fn neighbours_on_a_page_are_one_passage_in_reading_order() {
        assert_eq!(ordinals(&[(1, 5, 3.0), (1, 4, 2.0), (1, 6, 2.0)]), [vec![4, 5], vec![6]]);
        assert_eq!(ordinals(&[(1, 5, 3.0), (1, 4, 1.0)]), [vec![5], vec![4]]);
    }

    #[test]
    fn a_chunk_is_joined_on_both_sides() {
        let page = |ordinal| ChunkPlace { page_first: 1, page_last: 1, ..place(1, ordinal) };
        let places: HashMap<ChunkId, ChunkPlace> = (0..4).map(|n| (page(n).chunk, page(n))).collect();
        let fused = [(1, 3.0), (0, 2.0), (2, 2.0), (3, 1.0)].map(|(n, score)| (page(n).chunk, score));
        let groups = groups(&fused, &places, true);
        assert_eq!(groups[0].chunks, [page(0), page(1), page(2)]);
        assert_eq!(groups[1].chunks, [page(3)]);
    }

    #[test]
    fn other_pages_come_before_the_rest_of_a_page() {
        assert_eq!(ordinals(&[(1, 0, 3.0), (1, 1, 1.5), (2, 4, 1.0)]), [vec![0], vec![4], vec![1]]);
    }
}
