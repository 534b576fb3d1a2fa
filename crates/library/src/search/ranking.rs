//! BM25 over a table of the index of words.

use std::collections::HashSet;

use tantivy::DocId;

use super::sought::Sought;
use crate::DocumentId;
use crate::words::{Extent, Segment, Snapshot, Table};

/// How soon it counts no more that a row says a word again, and how far its length does: as in FTS5 and elsewhere.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;

/// The best rows of a table for what is sought, in some documents or (`None`) in all, with their scores, best first. `row`
/// says what an entry is. How rare a word is, is counted in the whole library.
///
/// The rows of every word are all looked at, one word after the other: as many hits are asked for as leave little to skip,
/// and sums in a flat array take some nanoseconds a row.
pub(super) fn best<Row: Ord>(
    snapshot: &Snapshot,
    (table, extent): (&Table, Extent),
    sought: &[Sought],
    limit: usize,
    documents: Option<&[DocumentId]>,
    row: impl Fn(&Segment, DocId) -> Option<Row>,
) -> tantivy::Result<Vec<(Row, f32)>> {
    if sought.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let segments = &snapshot.segments;
    let mut times: Vec<Sums> = segments.iter().map(|segment| Sums::of(segment)).collect();
    let mut scores: Vec<Sums> = segments.iter().map(|segment| Sums::of(segment)).collect();
    for sought in sought {
        for (segment, times) in segments.iter().zip(&mut times) {
            sought.count(segment, table, times)?;
        }
        let rarity = rarity(extent.rows, times.iter().map(|times| times.entries.len()).sum());
        for ((segment, times), scores) in segments.iter().zip(&mut times).zip(&mut scores) {
            let lengths = segment.lengths(table)?;
            times.take(|entry, times| {
                let length = 1.0 - LENGTH + LENGTH * lengths.of(entry) / extent.mean();
                scores.add(entry, rarity * times * (SATURATION + 1.0) / (times + SATURATION * length));
            });
        }
    }
    let mut found: Vec<(f32, usize, DocId)> = Vec::new();
    for (at, (segment, scores)) in segments.iter().zip(&mut scores).enumerate() {
        let mut scope = InScope::of(segment, documents);
        scores.take(|entry, score| {
            if scope.holds(entry) {
                found.push((score, at, entry));
            }
        });
    }
    if found.len() > limit {
        let (_, (least, ..), _) = found.select_nth_unstable_by(limit - 1, |a, b| b.0.total_cmp(&a.0));
        // With all that are as good as the last one, so that the order is the same however the index lies in segments.
        let least = *least;
        found.retain(|(score, ..)| *score >= least);
    }
    let rows = found.into_iter().filter_map(|(score, at, entry)| Some((row(&segments[at], entry)?, score)));
    let mut rows: Vec<(Row, f32)> = rows.collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows.truncate(limit);
    Ok(rows)
}

fn rarity(rows: u32, held_by: usize) -> f32 {
    let held_by = held_by as f32;
    (1.0 + (rows as f32 - held_by + 0.5) / (held_by + 0.5)).ln()
}

/// A sum for each entry of a segment: how often it says something, or its score.
pub(super) struct Sums {
    sums: Vec<f32>,
    /// Those that have one.
    entries: Vec<DocId>,
}

impl Sums {
    pub(super) fn of(segment: &Segment) -> Self {
        Self { sums: vec![0.0; segment.entries()], entries: Vec::new() }
    }

    pub(super) fn add(&mut self, entry: DocId, amount: f32) {
        let sum = &mut self.sums[entry as usize];
        if *sum == 0.0 {
            self.entries.push(entry);
        }
        *sum += amount;
    }

    /// Empties it.
    pub(super) fn take(&mut self, mut use_sum: impl FnMut(DocId, f32)) {
        for entry in self.entries.drain(..) {
            use_sum(entry, std::mem::take(&mut self.sums[entry as usize]));
        }
    }
}

/// Whether entries are of some documents.
struct InScope<'a> {
    segment: &'a Segment,
    documents: Option<HashSet<DocumentId>>,
    /// The entries of a document stand together.
    last: Option<(DocumentId, bool)>,
}

impl<'a> InScope<'a> {
    fn of(segment: &'a Segment, documents: Option<&[DocumentId]>) -> Self {
        Self {
            segment,
            documents: documents.map(|documents| documents.iter().copied().collect()),
            last: None,
        }
    }

    fn holds(&mut self, entry: DocId) -> bool {
        let Some(documents) = &self.documents else { return true };
        let document = self.segment.document(entry);
        match self.last {
            Some((last, holds)) if last == document => holds,
            _ => {
                let holds = documents.contains(&document);
                self.last = Some((document, holds));
                holds
            }
        }
    }
}
