//! How well retrieval finds pages that are known to answer.

mod answered;
mod answers;
mod claims;
mod figures;
mod ranks;

use std::time::Instant;

use answer::{Found, Retrieved, Retriever, Steps, pack};
use library::{DocumentId, Scope};

use crate::Engine;
use crate::api::{ApiError, Evaluation, KnownPages, KnownQuestion, LeftOut, QuestionResult};
use crate::searching::milliseconds;
use ranks::Gold;

pub use answers::answer_figures;
pub use claims::evaluate_claims;
pub use figures::figures;

/// Deep enough for twenty different pages.
const RETRIEVED: usize = 60;

impl Engine {
    /// Asks each question of retrieval alone, without an answer, and compares what comes with what is known. With
    /// `within` only the documents that answer it are searched, as where a person names one.
    ///
    /// # Errors
    /// The library cannot be read, or the embedding model fails.
    pub async fn evaluate(
        &self,
        questions: &[KnownQuestion],
        left_out: &[LeftOut],
        within: bool,
    ) -> Result<Evaluation, ApiError> {
        let documents = self.with_library(libraries::Library::documents).await?;
        let id_of = |known: &KnownPages| -> Option<DocumentId> {
            documents.iter().find(|document| document.path.ends_with(&known.document)).map(|found| found.id)
        };
        let mut results = Vec::new();
        for question in questions.iter().filter(|question| is_measured(question)) {
            let gold: Vec<Gold> = golds(question)
                .into_iter()
                .filter_map(|known| Some(Gold { document: id_of(&known)?, known }))
                .collect();
            let scope = if within { scope(&gold) } else { Scope::default() };
            results.push(self.evaluate_one(question, &gold, scope, steps(left_out)).await?);
        }
        Ok(Evaluation { figures: figures(questions, &results), questions: results })
    }

    async fn evaluate_one(
        &self,
        question: &KnownQuestion,
        gold: &[Gold],
        scope: Scope,
        steps: Steps,
    ) -> Result<QuestionResult, ApiError> {
        let models = self.models();
        let started = Instant::now();
        let retriever = Retriever { steps, ..self.retriever(&models).await? };
        let found = retriever.retrieve(&question.question, &scope, RETRIEVED).await?;
        let elapsed = started.elapsed();
        let packed = pack(found.passages.clone(), models.answerer.context_tokens());
        let packed: Vec<Found> = packed.iter().map(|(passage, _)| Found::from(passage)).collect();
        Ok(QuestionResult {
            reranking: found.reranking_usage.map(|usage| models.reranking(found.reranking, usage)),
            ..result(question, gold, &found, &packed, milliseconds(elapsed))
        })
    }
}

fn result(
    question: &KnownQuestion,
    gold: &[Gold],
    found: &Retrieved,
    packed: &[Found],
    milliseconds: f64,
) -> QuestionResult {
    let [lexical, pages, dense, fused, passages, reranked] = found.trace.steps();
    let last = if reranked.1.is_empty() { &passages.1 } else { &reranked.1 };
    let steps = [&lexical, &pages, &dense, &fused, &passages, &reranked];
    let mut steps: Vec<(&str, &[Found])> =
        steps.into_iter().map(|(name, found)| (*name, found.as_slice())).collect();
    steps.push(("packed", packed));
    QuestionResult {
        id: question.id.clone(),
        document_rank: ranks::document_rank(gold, last),
        page_rank: ranks::page_rank(gold, last),
        ndcg_10: ranks::ndcg(gold, last, 10),
        words_alone: found.words_alone,
        milliseconds,
        reranking: None,
        steps: ranks::by_step(gold, &steps),
    }
}

/// Whether there is a text that could be found.
pub(crate) fn is_measured(question: &KnownQuestion) -> bool {
    !question.unanswerable && !question.needs_ocr
}

/// All documents that answer, whichever way they are written.
fn golds(question: &KnownQuestion) -> Vec<KnownPages> {
    if !question.documents.is_empty() {
        return question.documents.clone();
    }
    let one = question.document.clone();
    one.into_iter().map(|document| KnownPages { document, pages: question.pages.clone() }).collect()
}

fn scope(gold: &[Gold]) -> Scope {
    Scope { documents: gold.iter().map(|gold| gold.known.document.clone()).collect(), ..Scope::default() }
}

fn steps(left_out: &[LeftOut]) -> Steps {
    let mut steps = Steps::default();
    for step in left_out {
        match step {
            LeftOut::Lexical => steps.lexical = false,
            LeftOut::Pages => steps.pages = false,
            LeftOut::Phrases => steps.phrases = false,
            LeftOut::Dense => steps.dense = false,
            LeftOut::Surroundings => steps.surroundings = false,
            LeftOut::Names => steps.names = false,
            LeftOut::Amounts => steps.amounts = false,
            LeftOut::Structure => steps.structure = false,
            LeftOut::Join => steps.join = false,
        }
    }
    steps
}
