//! Why a search found a page, or did not.

use ::text::{is_stop_word, search_terms};
use answer::{Standing, Trace};
use libraries::Library;
use library::{Bearing, Coverage, DocumentId, GivenPassage, MessageId, Scope, WordsHeld};

use crate::Engine;
use crate::api::{
    ApiError, ExplainRequest, Explanation, LibraryError, PageExplanation, PageRequest, Repeated,
    RequestError, Searched, Unsearched,
};
use crate::overview::{saturating, text};
use crate::pages::document;
use crate::scope::Scoped;

/// So many passages are ranked: more than anybody looks through.
const RANKED: usize = 200;

impl Engine {
    /// Where pages stand in each step of a search. The search is done again, with the documents and models as they are now.
    ///
    /// # Errors
    /// The query is empty, the answer or a page is gone, the library cannot be read, or the embedding model fails.
    pub async fn explain(&self, request: ExplainRequest) -> Result<Explanation, ApiError> {
        let (asked, standalone, given) = match request.searched {
            Searched::Query(query) => (query, None, None),
            Searched::Answer(message) => {
                let (question, answer) = self.answered(MessageId(message)).await?;
                (question, answer.standalone, Some(answer.passages))
            }
        };
        let Scoped { question, scope, .. } = self.scoped(&asked, &request.place).await?;
        let question = standalone.unwrap_or(question);
        if question.is_empty() {
            return Err(RequestError::QueryEmpty.into());
        }
        let found = self.retriever(&self.models()).await?.retrieve(&question, &scope, RANKED).await?;
        self.with_library(move |library| {
            let words = Words::of(library, &question, &request.pages)?;
            let search = Search { library, trace: &found.trace, scope: &scope, words, given };
            let pages = request.pages.iter().map(|page| search.explained(page)).collect::<Result<_, _>>()?;
            let coverage = Coverage { words_alone: found.words_alone, ..library.coverage(&scope)? };
            Ok::<_, ApiError>(Explanation { question, coverage: coverage.into(), pages })
        })
        .await
    }
}

/// A search that was done, and the passages that an answer was written from.
struct Search<'a> {
    library: &'a Library,
    trace: &'a Trace,
    scope: &'a Scope,
    words: Words,
    given: Option<Vec<GivenPassage>>,
}

impl Search<'_> {
    fn explained(&self, asked: &PageRequest) -> Result<PageExplanation, ApiError> {
        let document = document(self.library, asked.document_id)?;
        let page = self.library.page(document.id, asked.page)?;
        let page =
            page.ok_or_else(|| LibraryError::PageGone { document: text(&document.path), page: asked.page })?;
        let quote = asked.quote.as_deref().filter(|quote| !quote.is_empty());
        let found = self.trace.explain(self.library, document.id, page.number, quote)?;
        let repeats = found.repeats.map(|better| {
            let path = self.library.document(better.document)?.map(|document| text(&document.path));
            Ok::<_, library::Error>(path.map(|document| Repeated { document, page: better.page_first }))
        });
        let [holds, in_name, lacks] = self.words.on(document.id, page.number);
        Ok(PageExplanation {
            document_id: document.id.0,
            document: text(&document.path),
            page: page.number,
            page_label: self.label(document.id, page.number)?,
            unsearched: self.unsearched(document.id, &page.text)?,
            holds,
            in_name,
            lacks,
            parts: found.parts,
            score: found.score,
            best_score: found.best_score,
            scored: found.scored,
            passages: found.passages,
            repeats: repeats.transpose()?.flatten(),
            reranked: found.reranked,
            given: self.given.as_ref().map(|given| standing_among(given, document.id, page.number, quote)),
        })
    }

    /// What a page is called, where it is not by its number.
    fn label(&self, document: DocumentId, page: u32) -> Result<Option<String>, library::Error> {
        let labels = self.library.page_labels(document)?;
        let label = labels.into_iter().nth(page as usize - 1).flatten();
        Ok(label.filter(|label| *label != page.to_string()))
    }

    fn unsearched(&self, document: DocumentId, page: &str) -> Result<Option<Unsearched>, library::Error> {
        let is_other = self.scope.document.is_some_and(|only| only != document);
        let alone = Scope { document: Some(document), ..self.scope.clone() };
        Ok(if is_other || self.library.coverage(&alone)?.indexed == 0 {
            Some(Unsearched::OtherPlace)
        } else {
            page.trim().is_empty().then_some(Unsearched::NoText)
        })
    }
}

/// Which of the passages of an answer holds the quote, or stands on the page where none does.
fn standing_among(given: &[GivenPassage], document: DocumentId, page: u32, quote: Option<&str>) -> Standing {
    let on_page = || {
        given.iter().filter(|passage| {
            passage.document_id == document && (passage.page_first..=passage.page_last).contains(&page)
        })
    };
    let with_quote = |passage: &&GivenPassage| quote.is_some_and(|quote| passage.text.contains(quote));
    let found = on_page().find(with_quote).or_else(|| on_page().next());
    Standing { rank: found.map(|passage| passage.rank), of: saturating(given.len()), most: None }
}

/// The words of a question that say what is looked for, as they stand in it, and where they are said.
struct Words {
    written: Vec<String>,
    bearing: Bearing,
}

impl Words {
    fn of(library: &Library, question: &str, pages: &[PageRequest]) -> Result<Self, library::Error> {
        let WordsHeld { held, unheld } = library.words_held(question)?;
        let pages: Vec<_> = pages.iter().map(|page| (DocumentId(page.document_id), page.page)).collect();
        Ok(Self { written: [held, unheld].concat(), bearing: library.bearing(question, &pages)? })
    }

    /// Those that a page holds, those that only the name of its document does, and the others.
    fn on(&self, document: DocumentId, page: u32) -> [Vec<String>; 3] {
        let mut words = <[Vec<String>; 3]>::default();
        for written in &self.written {
            let mut terms = search_terms(written);
            terms.retain(|term| !is_stop_word(term));
            let said = || self.bearing.words.iter().filter(|said| terms.contains(&said.word));
            let kind = if said().any(|said| said.pages.contains(&(document, page))) {
                0
            } else if said().any(|said| said.named.contains(&document)) {
                1
            } else {
                2
            };
            words[kind].push(written.clone());
        }
        words
    }
}
