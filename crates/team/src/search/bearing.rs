//! Which words of a question the documents hold.

use std::collections::{HashMap, HashSet};

use library::{Bearing, DocumentId, Result, WordBearing, WordsHeld};
use text::{is_stop_word, search_terms};

use super::BY_INDEX;
use super::sought::Stems;
use crate::TeamLibrary;
use crate::sql::{column, count, number};

impl TeamLibrary {
    /// Which words of a question these pages and the names of their documents hold.
    ///
    /// # Errors
    /// The server refuses.
    pub fn bearing(&self, question: &str, pages: &[(DocumentId, u32)]) -> Result<Bearing> {
        let mut seen = HashSet::new();
        let mut words = search_terms(question);
        words.retain(|word| seen.insert(word.clone()));
        let documents: Vec<i64> = pages.iter().map(|(document, _)| document.0).collect();
        let numbers: Vec<i32> = pages.iter().map(|(_, page)| column(*page)).collect();
        self.connections.read(async |session| {
            session.run(BY_INDEX).await?;
            let stems = Stems::of_documents(session).await?;
            let sought: Vec<String> = words.iter().map(|word| stems.any(word)).collect();
            let all: Option<i64> = session
                .row("SELECT sum(page_rows)::bigint FROM documents WHERE failure IS NULL", &[])
                .await?
                .get(0);
            let held_by = "SELECT (SELECT count(*) FROM page_words WHERE words @@ sought)
                           FROM unnest($1::text[]::tsquery[]) WITH ORDINALITY AS given (sought, place) ORDER BY place";
            let held_by = session.rows(held_by, &[&sought]).await?;
            let mut bearing: Vec<WordBearing> = words
                .iter()
                .zip(&held_by)
                .map(|(word, row)| WordBearing {
                    word: word.clone(),
                    held_by: count(row.get(0)),
                    ..WordBearing::default()
                })
                .collect();
            let on_pages = "SELECT (place - 1)::integer, document_id, number, words @@ sought, name_words @@ sought
                            FROM unnest($2::bigint[], $3::integer[]) AS asked (document, page)
                            JOIN page_words ON document_id = document AND number = page
                            JOIN documents ON documents.id = document_id
                            CROSS JOIN unnest($1::text[]::tsquery[]) WITH ORDINALITY AS given (sought, place)";
            for row in session.rows(on_pages, &[&sought, &documents, &numbers]).await? {
                let word = &mut bearing[row.get::<_, i32>(0) as usize];
                let document = DocumentId(row.get(1));
                if row.get(3) {
                    word.pages.insert((document, number(row.get(2))));
                }
                if row.get(4) {
                    word.named.insert(document);
                }
            }
            Ok(Bearing { pages: count(all.unwrap_or_default()), words: bearing })
        })
    }

    /// Looks for each word of a question by itself.
    ///
    /// # Errors
    /// The server refuses.
    pub fn words_held(&self, question: &str) -> Result<WordsHeld> {
        let of_words = question.split_whitespace().map(|word| {
            let mut terms = search_terms(word);
            terms.retain(|term| !is_stop_word(term));
            (word, terms)
        });
        let of_words: Vec<(&str, Vec<String>)> = of_words.filter(|(_, terms)| !terms.is_empty()).collect();
        let held: HashMap<String, bool> = self.connections.read(async |session| {
            session.run(BY_INDEX).await?;
            let stems = Stems::of_documents(session).await?;
            let terms: Vec<&String> = of_words.iter().flat_map(|(_, terms)| terms).collect();
            let sought: Vec<String> = terms.iter().map(|term| stems.any(term)).collect();
            let query = "SELECT EXISTS (SELECT 1 FROM page_words WHERE words @@ sought)
                                OR EXISTS (SELECT 1 FROM documents WHERE name_words @@ sought)
                         FROM unnest($1::text[]::tsquery[]) WITH ORDINALITY AS given (sought, place) ORDER BY place";
            let rows = session.rows(query, &[&sought]).await?;
            Ok(terms.into_iter().cloned().zip(rows.iter().map(|row| row.get(0))).collect())
        })?;
        let mut words = WordsHeld::default();
        for (word, terms) in of_words {
            let is_held = terms.iter().any(|term| held[term]);
            let kind = if is_held { &mut words.held } else { &mut words.unheld };
            kind.push(word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        }
        Ok(words)
    }
}
