//! Which words of a question no document holds.

use text::{is_stop_word, search_terms};

use crate::words::{Snapshot, fields};
use crate::{Library, Result};

/// The words of a question that could tell anything, as they stand in it, by whether any document holds them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordsHeld {
    /// Those that stand in none.
    pub unheld: Vec<String>,
    /// Those that stand in a document, in any of their forms, or in its name.
    pub held: Vec<String>,
}

impl Library {
    /// Looks for each word of a question by itself.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn words_held(&self, question: &str) -> Result<WordsHeld> {
        let snapshot = self.words.snapshot()?;
        let mut words = WordsHeld::default();
        for word in question.split_whitespace() {
            let mut terms = search_terms(word);
            terms.retain(|term| !is_stop_word(term));
            if terms.is_empty() {
                continue;
            }
            let mut is_held = false;
            for term in terms {
                is_held = is_held || self.words.named(holds(&snapshot, &term))?;
            }
            let kind = if is_held { &mut words.held } else { &mut words.unheld };
            kind.push(word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
        Ok(words)
    }
}

fn holds(snapshot: &Snapshot, term: &str) -> tantivy::Result<bool> {
    let stems = snapshot.stems(term);
    Ok(snapshot.holds(fields().pages.text, &stems)? || snapshot.holds(fields().name, &stems)?)
}
