//! What a query seeks: its words, in all forms that the index has of them, and its phrases.

use std::collections::{BTreeSet, HashMap, HashSet};

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use text::{is_unspaced, query_phrases, query_words};

use super::held::Held;
use crate::words::{Segment, Snapshot, Table, fields};

/// A last word that nothing holds is taken for the beginning of so many words, the ones of most documents.
const MOST_BEGUN: usize = 50;

/// A word of fewer letters is too much like others to be taken for one of them.
const LEAST_MISTYPED: usize = 5;

/// Something that a row may say.
pub(super) enum Sought {
    /// A word, in one of these forms.
    Word(Vec<String>),
    /// Words in a row, each in one of its forms.
    Phrase(Vec<Vec<String>>),
}

/// The words of a query, each once, those that say something where there are any.
pub(super) fn words(snapshot: &Snapshot, query: &str) -> tantivy::Result<Vec<Sought>> {
    let words = query_words(query);
    let last = words.len().saturating_sub(1);
    let forms = words.iter().enumerate().map(|(at, word)| forms(snapshot, word, at == last));
    forms.map(|forms| forms.map(Sought::Word)).collect()
}

/// The phrases of a query, each once.
pub(super) fn phrases(snapshot: &Snapshot, query: &str) -> Vec<Sought> {
    let forms = |phrase: Vec<String>| phrase.iter().map(|word| snapshot.stems(word)).collect();
    query_phrases(query).into_iter().map(forms).map(Sought::Phrase).collect()
}

/// The forms of a word in the index. One that it does not hold is taken for the beginning of others where it is the last, as
/// it is while somebody types, and else for others with a slip.
fn forms(snapshot: &Snapshot, word: &str, is_last: bool) -> tantivy::Result<Vec<String>> {
    let stems = snapshot.stems(word);
    if snapshot.holds(fields().chunks.text, &stems)? || snapshot.holds(fields().chunks.beside, &stems)? {
        return Ok(stems);
    }
    let mut written = if is_last { begun_by(snapshot, word)? } else { Vec::new() };
    if written.is_empty() && may_be_mistyped(word) {
        written = like(snapshot, word)?;
    }
    let mut seen = HashSet::new();
    let mut forms: Vec<String> = written.iter().flat_map(|word| snapshot.stems(word)).collect();
    forms.retain(|form| seen.insert(form.clone()));
    Ok(forms)
}

/// The words that begin so, those of most documents first.
fn begun_by(snapshot: &Snapshot, beginning: &str) -> tantivy::Result<Vec<String>> {
    let mut words: HashMap<String, u32> = HashMap::new();
    for segment in &snapshot.segments {
        let index = segment.reader().inverted_index(fields().forms)?;
        let behind = format!("{beginning}{}", char::MAX);
        let mut terms = index.terms().range().ge(beginning).lt(behind).into_stream()?;
        while let Some((word, held_by)) = terms.next() {
            *words.entry(String::from_utf8_lossy(word).into_owned()).or_default() += held_by.doc_freq;
        }
    }
    let mut words: Vec<(String, u32)> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MOST_BEGUN);
    Ok(words.into_iter().map(|(word, _)| word).collect())
}

fn may_be_mistyped(word: &str) -> bool {
    word.chars().count() >= LEAST_MISTYPED && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

/// The words that one letter more, less or exchanged, or two letters turned round, make of this one.
fn like(snapshot: &Snapshot, word: &str) -> tantivy::Result<Vec<String>> {
    let automaton = FuzzyTermQuery::new(Term::from_field_text(fields().forms, word), 1, true);
    let mut words = BTreeSet::new();
    for segment in &snapshot.segments {
        let index = segment.reader().inverted_index(fields().forms)?;
        let mut terms = index.terms().search(automaton.automaton()?).into_stream()?;
        while let Some((word, _)) = terms.next() {
            words.insert(String::from_utf8_lossy(word).into_owned());
        }
    }
    Ok(words.into_iter().collect())
}

impl Sought {
    /// The rows of a segment that say it.
    pub(super) fn held(&self, segment: &Segment, table: &Table) -> tantivy::Result<Held> {
        match self {
            Self::Word(forms) => Held::of_word(segment, table, forms),
            Self::Phrase(words) => Held::of_phrase(segment, table, words),
        }
    }
}
