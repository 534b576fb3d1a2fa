//! The rows that say a word or a phrase.

use fixedbitset::FixedBitSet;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _};

use super::ranking::Sums;
use crate::words::{Segment, Table};

/// The rows of a segment that say something.
pub(super) struct Held {
    pub(super) rows: usize,
    counts: Counts,
}

enum Counts {
    /// How often each row says it, in the order of the rows.
    Known(Vec<(DocId, u32)>),
    /// The rows by form and field, with what a word in that field counts.
    Postings(Vec<(f32, SegmentPostings)>),
}

impl Held {
    pub(super) fn of_phrase(
        segment: &Segment,
        table: &Table,
        words: &[Vec<String>],
    ) -> tantivy::Result<Self> {
        let counted = count_phrase(segment, table.text, words)?;
        Ok(Self { rows: counted.len(), counts: Counts::Known(counted) })
    }

    pub(super) fn of_word(segment: &Segment, table: &Table, forms: &[String]) -> tantivy::Result<Self> {
        let mut all = Vec::new();
        for form in forms {
            for (field, weight) in [(table.text, 1.0), (table.beside, table.weight)] {
                let postings = segment.postings(field, form, IndexRecordOption::WithFreqs)?;
                all.extend(postings.map(|postings| (weight, postings)));
            }
        }
        Ok(Self { rows: rows(segment, &all), counts: Counts::Postings(all) })
    }

    /// Counts how often each row says it.
    pub(super) fn count(self, segment: &Segment, times: &mut Sums) {
        match self.counts {
            Counts::Known(counted) => {
                counted.into_iter().for_each(|(entry, count)| times.add(entry, count as f32));
            }
            Counts::Postings(all) => {
                for (weight, postings) in all {
                    segment.each_of(Some(postings), |entry, count| times.add(entry, weight * count as f32));
                }
            }
        }
    }

    /// The same of these rows alone, which are there and in their order.
    pub(super) fn count_in(
        self,
        entries: impl Iterator<Item = DocId> + Clone,
        mut use_count: impl FnMut(DocId, f32),
    ) {
        match self.counts {
            Counts::Known(counted) => {
                let mut entries = entries.peekable();
                for (entry, count) in counted {
                    while entries.next_if(|among| *among < entry).is_some() {}
                    if entries.peek() == Some(&entry) {
                        use_count(entry, count as f32);
                    }
                }
            }
            Counts::Postings(all) => {
                for (weight, mut postings) in all {
                    for entry in entries.clone() {
                        if postings.doc() < entry {
                            postings.seek(entry);
                        }
                        if postings.doc() == entry {
                            use_count(entry, weight * postings.term_freq() as f32);
                        }
                    }
                }
            }
        }
    }
}

/// How many rows are in any of these.
fn rows(segment: &Segment, all: &[(f32, SegmentPostings)]) -> usize {
    let Some(longest) = (0..all.len()).max_by_key(|at| all[*at].1.doc_freq()) else { return 0 };
    let mut seen = FixedBitSet::with_capacity(segment.entries());
    for (at, (_, postings)) in all.iter().enumerate() {
        // The longest need not be gone through, unless it holds rows that are gone.
        if at != longest || segment.has_gone() {
            segment.each_of(Some(postings.clone()), |entry, _| seen.insert(entry as usize));
        }
    }
    if segment.has_gone() {
        return seen.count_ones(..);
    }
    let mut longest = all[longest].1.clone();
    let held_by = longest.doc_freq() as usize;
    let others = seen.ones().filter(|entry| {
        let entry = *entry as DocId;
        let reached = if longest.doc() < entry { longest.seek(entry) } else { longest.doc() };
        reached != entry
    });
    held_by + others.count()
}

/// The rows with words in a row, with how often.
fn count_phrase(segment: &Segment, text: Field, words: &[Vec<String>]) -> tantivy::Result<Vec<(DocId, u32)>> {
    let words = words.iter().map(|forms| Places::of(segment, text, forms));
    let mut words = words.collect::<tantivy::Result<Vec<Places>>>()?;
    let Some(rarest) = words.iter().min_by_key(|word| word.held_by()) else { return Ok(Vec::new()) };
    let mut counted = Vec::new();
    for entry in rarest.entries(segment) {
        if !words.iter_mut().all(|word| word.is_in(entry)) {
            continue;
        }
        let (first, others) = words.split_at_mut(1);
        let mut starts = first[0].places();
        for (behind, word) in (1..).zip(others) {
            let places = word.places();
            starts.retain(|start| places.contains(&(start + behind)));
        }
        if !starts.is_empty() {
            counted.push((entry, starts.len() as u32));
        }
    }
    Ok(counted)
}

/// Where a word stands, in each of its forms.
struct Places {
    forms: Vec<SegmentPostings>,
    entry: DocId,
}

impl Places {
    fn of(segment: &Segment, text: Field, forms: &[String]) -> tantivy::Result<Self> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let forms = forms.iter().map(|form| segment.postings(text, form, option));
        Ok(Self { forms: forms.filter_map(Result::transpose).collect::<tantivy::Result<_>>()?, entry: 0 })
    }

    fn held_by(&self) -> u32 {
        self.forms.iter().map(SegmentPostings::doc_freq).sum()
    }

    /// The entries that hold it, in their order.
    fn entries(&self, segment: &Segment) -> Vec<DocId> {
        let mut entries = Vec::new();
        for form in &self.forms {
            segment.each_of(Some(form.clone()), |entry, _| entries.push(entry));
        }
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// Goes on to an entry, and says whether it holds the word.
    fn is_in(&mut self, entry: DocId) -> bool {
        self.entry = entry;
        let reached =
            self.forms.iter_mut().map(|form| if form.doc() < entry { form.seek(entry) } else { form.doc() });
        reached.filter(|reached| *reached == entry).count() > 0
    }

    /// Where it stands in that entry.
    fn places(&mut self) -> Vec<u32> {
        let (mut places, mut of_form) = (Vec::new(), Vec::new());
        for form in self.forms.iter_mut().filter(|form| form.doc() == self.entry) {
            form.positions(&mut of_form);
            places.append(&mut of_form);
        }
        places
    }
}
