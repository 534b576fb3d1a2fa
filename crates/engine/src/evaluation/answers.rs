//! How answers cite what is known to answer.

use std::pin::pin;
use std::time::Instant;

use answer::{Answer, AnswerError, Event, History, Outcome, Question};
use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;

use super::golds;
use crate::Engine;
use crate::api::{
    AnswerEvaluation, AnswerFigures, AnswerResult, ApiError, CitedPage, KnownPages, KnownQuestion, Place,
};
use crate::overview::text;
use crate::searching::milliseconds;

impl Engine {
    /// Asks each question as a person would, without a conversation, and compares what is cited with what is known.
    /// Nothing is kept. Questions about pictures of pages are left out.
    ///
    /// # Errors
    /// The library cannot be read, or a model fails.
    pub async fn evaluate_answers(&self, questions: &[KnownQuestion]) -> Result<AnswerEvaluation, ApiError> {
        let mut results = Vec::new();
        for question in questions.iter().filter(|question| !question.needs_ocr) {
            let started = Instant::now();
            let answer = self.answer_to(&question.question).await?;
            results.push(result(question, &answer, milliseconds(started.elapsed())));
        }
        Ok(AnswerEvaluation { figures: answer_figures(&results), questions: results })
    }

    async fn answer_to(&self, question: &str) -> Result<Answer, ApiError> {
        let scoped = self.scoped(question, &Place::default()).await?;
        let models = self.models();
        let asked = Question {
            text: scoped.question,
            standalone: None,
            scope: scoped.scope,
            history: History::default(),
        };
        let (retriever, answerer) = (self.retriever(&models).await?, models.answerer.clone());
        let mut events = pin!(answer::answer(retriever, answerer, asked, CancellationToken::new()));
        while let Some(event) = events.next().await {
            if let Event::Done(answered) = event {
                return answered.map(|answer| *answer).map_err(ApiError::from);
            }
        }
        Err(AnswerError::Crashed.into())
    }
}

fn result(question: &KnownQuestion, answer: &Answer, milliseconds: f64) -> AnswerResult {
    let cited: Vec<CitedPage> = answer
        .citations
        .iter()
        .map(|cited| CitedPage { document: text(&cited.path), page: cited.page })
        .collect();
    let known = if question.unanswerable { Vec::new() } else { golds(question) };
    let has_pages = known.iter().any(|known| !known.pages.is_empty());
    let cites = |is_known: fn(&KnownPages, &CitedPage) -> bool| {
        cited.iter().any(|cited| known.iter().any(|known| is_known(known, cited)))
    };
    AnswerResult {
        id: question.id.clone(),
        refused: matches!(answer.outcome, Outcome::Refused),
        text: answer.text.clone(),
        cites_document: (!known.is_empty()).then(|| cites(is_document)),
        cites_page: has_pages.then(|| cites(is_page)),
        cited,
        milliseconds,
    }
}

fn is_document(known: &KnownPages, cited: &CitedPage) -> bool {
    std::path::Path::new(&cited.document).ends_with(&known.document)
}

fn is_page(known: &KnownPages, cited: &CitedPage) -> bool {
    is_document(known, cited) && known.pages.contains(&cited.page)
}

/// The figures over the answers to some questions; those of several sets together give the sum.
#[must_use]
pub fn answer_figures(results: &[AnswerResult]) -> AnswerFigures {
    let count =
        |test: &dyn Fn(&AnswerResult) -> bool| results.iter().filter(|result| test(result)).count() as u32;
    let is_answerable = |result: &AnswerResult| result.cites_document.is_some();
    AnswerFigures {
        answerable: count(&is_answerable),
        refused_wrongly: count(&|result| is_answerable(result) && result.refused),
        cites_document: count(&|result| result.cites_document == Some(true)),
        with_pages: count(&|result| result.cites_page.is_some()),
        cites_page: count(&|result| result.cites_page == Some(true)),
        unanswerable: count(&|result| !is_answerable(result)),
        refused_rightly: count(&|result| !is_answerable(result) && result.refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(
        id: &str,
        refused: bool,
        cites_document: Option<bool>,
        cites_page: Option<bool>,
    ) -> AnswerResult {
        AnswerResult {
            id: id.to_owned(),
            refused,
            text: String::new(),
            cited: Vec::new(),
            cites_document,
            cites_page,
            milliseconds: 1.0,
        }
    }

    #[test]
    fn a_refusal_is_right_only_where_nothing_answers() {
        let figures = answer_figures(&[
            answered("page", false, Some(true), Some(true)),
            answered("other page", false, Some(true), Some(false)),
            answered("document alone", false, Some(true), None),
            answered("refused", true, Some(false), Some(false)),
            answered("nothing answers", true, None, None),
            answered("made up", false, None, None),
        ]);
        let expected = AnswerFigures {
            answerable: 4,
            refused_wrongly: 1,
            cites_document: 3,
            with_pages: 3,
            cites_page: 1,
            unanswerable: 2,
            refused_rightly: 1,
        };
        assert_eq!(figures, expected);
    }

    #[test]
    fn a_page_counts_in_its_document_only() {
        let known = KnownPages { document: "reports/2018.pdf".to_owned(), pages: vec![3] };
        let cited = |document: &str, page| CitedPage { document: document.to_owned(), page };
        assert!(is_page(&known, &cited("/home/reports/2018.pdf", 3)));
        assert!(!is_page(&known, &cited("/home/reports/2018.pdf", 4)));
        assert!(!is_document(&known, &cited("/home/old-reports/2018.pdf", 3)));
    }
}
