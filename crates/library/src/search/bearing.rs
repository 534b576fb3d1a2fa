//! Which words of a question some pages say.

use std::collections::{BTreeMap, HashSet};

use text::search_terms;

use super::held::Held;
use crate::words::{Snapshot, fields};
use crate::{DocumentId, Library, Result};

/// What some pages say of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bearing {
    /// All pages there are.
    pub pages: u32,
    /// The different words of the question, in its order, stop words too.
    pub words: Vec<WordBearing>,
}

/// Where one word of a question is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordBearing {
    /// As it is searched.
    pub word: String,
    /// How many of all pages hold it.
    pub held_by: u32,
    /// Those of the pages asked for that hold it.
    pub pages: HashSet<(DocumentId, u32)>,
    /// Those of their documents whose name holds it.
    pub named: HashSet<DocumentId>,
}

impl Library {
    /// Which words of a question these pages and the names of their documents hold.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn bearing(&self, question: &str, pages: &[(DocumentId, u32)]) -> Result<Bearing> {
        let mut seen = HashSet::new();
        let mut words = search_terms(question);
        words.retain(|word| seen.insert(word.clone()));
        let snapshot = self.words.snapshot()?;
        self.words.named(bearing(&snapshot, words, pages))
    }
}

fn bearing(snapshot: &Snapshot, words: Vec<String>, pages: &[(DocumentId, u32)]) -> tantivy::Result<Bearing> {
    let pages: HashSet<(DocumentId, u32)> = pages.iter().copied().collect();
    let documents: HashSet<DocumentId> = pages.iter().map(|(document, _)| *document).collect();
    let mut asked = Vec::new();
    for segment in &snapshot.segments {
        let mut entries = BTreeMap::new();
        for document in &documents {
            let page = |entry| Some((*document, segment.page(entry)?));
            let of_document = segment.entries_of(*document)?.into_iter();
            let of_pages = of_document.filter_map(|entry| Some((entry, page(entry)?)));
            entries.extend(of_pages.filter(|(_, page)| pages.contains(page)));
        }
        asked.push(entries);
    }
    let words = words.into_iter().map(|word| {
        let stems = snapshot.stems(&word);
        let named = snapshot.documents_with(fields().name, &stems)?;
        let mut bearing = WordBearing {
            word,
            named: named.into_iter().filter(|document| documents.contains(document)).collect(),
            ..WordBearing::default()
        };
        for (segment, asked) in snapshot.segments.iter().zip(&asked) {
            let held = Held::of_word(segment, &fields().pages, &stems)?;
            bearing.held_by += held.rows as u32;
            held.count_in(asked.keys().copied(), |entry, _| bearing.pages.extend(asked.get(&entry)));
        }
        Ok(bearing)
    });
    Ok(Bearing { pages: snapshot.pages.rows, words: words.collect::<tantivy::Result<_>>()? })
}
