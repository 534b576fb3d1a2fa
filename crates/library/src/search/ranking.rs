//! BM25 over a table of the index of words.

use std::collections::HashSet;

use tantivy::DocId;

use super::held::Held;
use super::sought::Sought;
use crate::DocumentId;
use crate::words::{Extent, Segment, Snapshot, Table};

/// How soon it counts no more that a row says a word again, and how far its length does: as in FTS5 and elsewhere.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;

/// What a word counts at most, beside its rarity.
const MOST: f32 = SATURATION + 1.0;

/// The best rows of a table for what is sought, in some documents or (`None`) in all, with their scores, best first. `row`
/// says what an entry is. How rare a word is, is counted in the whole library.
///
/// The rarest word comes first. Once what is left could bring no row that has no score yet among the best, only those are
/// looked up that still may be among them.
pub(super) fn best<Row: Ord>(
    snapshot: &Snapshot,
    (table, extent): (&Table, Extent),
    sought: &[Sought],
    limit: usize,
    documents: Option<&HashSet<DocumentId>>,
    Summing { times, scores }: &mut Summing,
    row: impl Fn(&Segment, DocId) -> Option<Row>,
) -> tantivy::Result<Vec<(Row, f32)>> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let segments = &snapshot.segments;
    let mut weighed = Vec::with_capacity(sought.len());
    for sought in sought {
        let held = segments
            .iter()
            .map(|segment| sought.held(segment, table))
            .collect::<tantivy::Result<Vec<Held>>>()?;
        weighed.push((rarity(extent.rows, held.iter().map(|held| held.rows).sum()), held));
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    // What a row can still get, and a little more, as sums are rounded.
    let mut left: f32 = weighed.iter().map(|(rarity, _)| rarity * MOST).sum::<f32>() * 1.0001;
    for (rarity, held) in weighed {
        let least = least_of_best(scores, limit);
        let is_settled = left < least;
        for (((segment, held), times), scores) in segments.iter().zip(held).zip(&mut *times).zip(&mut *scores)
        {
            if is_settled {
                scores.keep(|score| score + left >= least);
                held.count_in(scores.entries.iter().copied(), |entry, count| times.add(entry, count));
            } else {
                held.count(segment, times);
            }
            let lengths = segment.lengths(table)?;
            let mut scope = InScope { segment, documents, last: None };
            times.take(|entry, times| {
                if scope.holds(entry) {
                    let length = 1.0 - LENGTH + LENGTH * lengths.of(entry) / extent.mean();
                    scores.add(entry, rarity * times * MOST / (times + SATURATION * length));
                }
            });
        }
        left -= rarity * MOST;
    }
    let mut found: Vec<(f32, usize, DocId)> = Vec::new();
    for (at, scores) in scores.iter_mut().enumerate() {
        scores.take(|entry, score| found.push((score, at, entry)));
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

/// The least score of the `limit` best so far, from which none of them falls; 0 where there are fewer.
fn least_of_best(scores: &[Sums], limit: usize) -> f32 {
    let mut all: Vec<f32> = scores
        .iter()
        .flat_map(|scores| scores.entries.iter().map(|entry| scores.sums[*entry as usize]))
        .collect();
    if all.len() < limit {
        return 0.0;
    }
    *all.select_nth_unstable_by(limit - 1, |a, b| b.total_cmp(a)).1
}

/// The sums that ranking takes, empty before and after: they are too large to be made for each table and kind.
pub(super) struct Summing {
    times: Vec<Sums>,
    scores: Vec<Sums>,
}

impl Summing {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let sums = || snapshot.segments.iter().map(|segment| Sums::of(segment)).collect();
        Self { times: sums(), scores: sums() }
    }
}

/// A sum for each entry of a segment: how often it says something, or its score.
pub(super) struct Sums {
    sums: Vec<f32>,
    /// Those that have one.
    entries: Vec<DocId>,
}

impl Sums {
    fn of(segment: &Segment) -> Self {
        Self { sums: vec![0.0; segment.entries()], entries: Vec::new() }
    }

    pub(super) fn add(&mut self, entry: DocId, amount: f32) {
        let sum = &mut self.sums[entry as usize];
        if *sum == 0.0 {
            self.entries.push(entry);
        }
        *sum += amount;
    }

    /// Leaves some of them out, and the others in their order.
    fn keep(&mut self, is_kept: impl Fn(f32) -> bool) {
        let Self { sums, entries } = self;
        entries.retain(|entry| {
            let sum = &mut sums[*entry as usize];
            if !is_kept(*sum) {
                *sum = 0.0;
            }
            *sum != 0.0
        });
        entries.sort_unstable();
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
    documents: Option<&'a HashSet<DocumentId>>,
    /// The entries of a document stand together.
    last: Option<(DocumentId, bool)>,
}

impl InScope<'_> {
    fn holds(&mut self, entry: DocId) -> bool {
        let Some(documents) = self.documents else { return true };
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
