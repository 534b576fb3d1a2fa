//! Passages for a query.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ::text::{fold, stem};
use answer::{Retriever, Steps, title};
use library::{GivenPassage, WordsHeld};

use crate::Engine;
use crate::api::{ApiError, RequestError, SearchRequest, SearchResponse, SearchTimings};
use crate::models::Models;
use crate::nothing::nothing;
use crate::overview::text;
use crate::scope::Scoped;

impl Engine {
    /// The best passages for a query.
    ///
    /// # Errors
    /// The query is empty, the library cannot be read, the embedding model fails, or the search was stopped.
    pub async fn search(&self, request: SearchRequest) -> Result<SearchResponse, ApiError> {
        let stoppable = self.requests.begin(request.id.clone());
        let found = stoppable.token().run_until_cancelled(self.find(request)).await;
        found.unwrap_or_else(|| Err(RequestError::SearchStopped.into()))
    }

    async fn find(&self, request: SearchRequest) -> Result<SearchResponse, ApiError> {
        let started = Instant::now();
        let Scoped { question, scope, .. } = self.scoped(&request.query, &request.place).await?;
        if question.is_empty() {
            return Err(RequestError::QueryEmpty.into());
        }
        let limit = request.limit as usize;
        let models = self.models();
        let found = self.retriever(&models).await?.retrieve(&question, &scope, limit).await?;
        let (is_found, words_alone) = (!found.passages.is_empty(), found.words_alone);
        let looked = self.with_library(move |library| {
            let WordsHeld { held, unheld } = library.words_held(&question)?;
            let is_nothing = !is_found || (held.is_empty() && !unheld.is_empty());
            let nothing = is_nothing.then(|| nothing(library, &question, &scope)).transpose()?;
            let coverage = library::Coverage { words_alone, ..library.coverage(&scope)? };
            Ok::<_, library::Error>((coverage.into(), nothing, [held, unheld].concat()))
        });
        let (coverage, nothing, words) = looked.await?;
        let texts = found.passages.iter().map(|(passage, _)| passage.text.as_str());
        Ok(SearchResponse {
            query: request.query,
            words: marked(&words, texts),
            passages: given(&found.passages).into_iter().map(Into::into).collect(),
            nothing,
            coverage,
            timings_ms: SearchTimings {
                embed: milliseconds(found.embedding),
                search: milliseconds(found.searching),
                rerank: milliseconds(found.reranking),
                total: milliseconds(started.elapsed()),
            },
            reranking: found.reranking_usage.map(|usage| models.reranking(found.reranking, usage)),
        })
    }

    /// What finds passages with these models.
    pub(crate) async fn retriever(&self, models: &Models) -> Result<Retriever, ApiError> {
        Ok(Retriever {
            library: Arc::clone(&self.library),
            embedder: models.embedder.clone(),
            former: self.former_embedder(models).await?,
            reranker: models.reranker(),
            steps: Steps::default(),
        })
    }
}

/// What shows in texts that these words are meant: with which their forms begin, and the forms that begin otherwise, as
/// "company" does of "companies".
fn marked<'a>(words: &[String], texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut marked: Vec<String> = words.iter().map(|word| beginning(word)).collect();
    let stems: HashSet<String> = words.iter().map(|word| stem(&fold(word))).collect();
    let in_texts: HashSet<&str> = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).collect();
    let mut others: Vec<String> = in_texts
        .into_iter()
        .map(fold)
        .filter(|word| !marked.iter().any(|beginning| word.starts_with(&fold(beginning))))
        .filter(|word| stems.iter().any(|stem| stem.chars().next() == word.chars().next()))
        .filter(|word| stems.contains(&stem(word)))
        .collect();
    others.sort();
    others.dedup();
    marked.append(&mut others);
    marked
}

/// What a word and its stem have in common, with which most of its other forms begin as well.
fn beginning(word: &str) -> String {
    let stem = stem(&fold(word));
    let shared = word.chars().zip(stem.chars()).take_while(|(a, b)| a.to_lowercase().eq([*b]));
    shared.map(|(letter, _)| letter).collect()
}

/// Passages with their scores, the best first, as they are kept and shown.
pub(crate) fn given(passages: &[(library::Passage, f32)]) -> Vec<GivenPassage> {
    let given = |(rank, (found, score)): (u32, &(library::Passage, f32))| GivenPassage {
        rank,
        score: *score,
        document_id: found.document,
        document: text(&found.path),
        title: title(found.title.as_deref(), &found.path),
        page_first: found.page_first,
        page_last: found.page_last,
        page_label_first: found.page_labels.get(&found.page_first).cloned(),
        page_label_last: found.page_labels.get(&found.page_last).cloned(),
        section: found.heading_path.join(" › "),
        text: found.text.clone(),
    };
    (1..).zip(passages).map(given).collect()
}

pub(crate) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_as_its_other_forms_do() {
        assert_eq!(
            ["Subscriptions", "recognized", "lamp", "2018"].map(beginning),
            ["Subscript", "recogn", "lamp", "2018"]
        );
    }

    #[test]
    fn forms_that_begin_otherwise_are_marked_where_they_stand() {
        let texts = ["The Company and its subsidiary.", "Two companies; good company."];
        assert_eq!(marked(&["companies".to_owned()], texts.into_iter()), ["compani", "company"]);
    }
}
