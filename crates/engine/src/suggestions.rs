//! What a person who sees the library for the first time may ask it.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use ::text::{fold, search_terms};
use answer::title;
use libraries::Library;
use library::DocumentState;

use crate::Engine;
use crate::api::{ApiError, Suggestion};

/// So many are offered.
const MOST: usize = 3;

/// So many documents are looked into, those first that were changed last.
const LOOKED_INTO: usize = 30;

/// A heading of one word ("Introduction") names no subject, and a longer one is a sentence.
const WORDS: RangeInclusive<usize> = 2..=10;

impl Engine {
    /// What the documents have much to say about, each from another document where there are so many: the headings with
    /// the most chunks under them, without their numbers. None where no document has headings.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn suggestions(&self) -> Result<Vec<Suggestion>, ApiError> {
        self.with_library(suggestions).await
    }
}

fn suggestions(library: &Library) -> Result<Vec<Suggestion>, library::Error> {
    let mut documents = library.documents()?;
    documents.retain(|document| document.state == DocumentState::Indexed);
    documents.sort_by_key(|document| std::cmp::Reverse(document.mtime_ns));
    let (mut firsts, mut others) = (Vec::new(), Vec::new());
    let mut taken = HashSet::new();
    for document in documents.iter().take(LOOKED_INTO) {
        let Some(name) = document.path.file_name().map(|name| name.to_string_lossy()) else { continue };
        taken.insert(fold(&title(document.title.as_deref(), &document.path)));
        let headings = library.headings(document.id)?;
        let subjects = headings.iter().filter_map(|heading| subject(&heading.text));
        let mut suggestions = subjects
            .filter(|subject| taken.insert(fold(subject)))
            .map(|subject| Suggestion { document: name.clone().into_owned(), subject: subject.to_owned() });
        firsts.extend(suggestions.next());
        if firsts.len() == MOST {
            break;
        }
        others.extend(suggestions.take(MOST));
    }
    Ok(firsts.into_iter().chain(others).take(MOST).collect())
}

/// What a heading names, without the number in front of it; none where it is a date or the like.
fn subject(heading: &str) -> Option<&str> {
    let subject = heading.trim_start_matches(|letter: char| !letter.is_alphabetic()).trim();
    let is_label = heading != subject && subject.contains(|letter: char| letter.is_numeric());
    (!is_label && WORDS.contains(&search_terms(subject).len())).then_some(subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_a_subject_is_taken_without_its_number() {
        assert_eq!(subject("4.2 The lens bearing"), Some("The lens bearing"));
        assert_eq!(subject("§ 7 – Rent and deposit"), Some("Rent and deposit"));
        assert_eq!(subject("The survey of 2018"), Some("The survey of 2018"));
        for label in ["Introduction", "22 June 2023: fitting", "7", ""] {
            assert_eq!(subject(label), None, "{label}");
        }
    }
}
