//! Results to figures.

use super::is_measured;
use crate::api::{Figures, KnownQuestion, QuestionResult, Reranking};

/// The figures over the results of some questions; those of several sets together give the sum.
#[must_use]
pub fn figures(questions: &[KnownQuestion], results: &[QuestionResult]) -> Figures {
    let count =
        |is: fn(&KnownQuestion) -> bool| questions.iter().filter(|question| is(question)).count() as u32;
    let has_pages = |question: &KnownQuestion| {
        !question.pages.is_empty() || question.documents.iter().any(|known| !known.pages.is_empty())
    };
    let with_pages: Vec<&QuestionResult> = questions
        .iter()
        .filter(|question| is_measured(question))
        .zip(results)
        .filter(|(question, _)| has_pages(question))
        .map(|(_, result)| result)
        .collect();
    let mut latencies: Vec<f64> = results.iter().map(|result| result.milliseconds).collect();
    latencies.sort_by(f64::total_cmp);
    let reciprocal = |result: &QuestionResult| {
        let is_page = with_pages.iter().any(|other| other.id == result.id);
        let rank = if is_page { result.page_rank } else { result.document_rank };
        rank.map_or(0.0, |rank| 1.0 / f64::from(rank))
    };
    Figures {
        questions: results.len() as u32,
        with_pages: with_pages.len() as u32,
        unanswerable: count(|question| question.unanswerable),
        needs_ocr: count(|question| question.needs_ocr && !question.unanswerable),
        document_recall: [1, 5, 10].map(|k| {
            share(results.len(), results.iter().filter(|result| within(result.document_rank, k)).count())
        }),
        page_recall: [1, 5, 10, 20].map(|k| {
            share(with_pages.len(), with_pages.iter().filter(|result| within(result.page_rank, k)).count())
        }),
        mrr: mean(results.iter().map(reciprocal)),
        ndcg_10: mean(results.iter().map(|result| result.ndcg_10)),
        p50_ms: percentile(&latencies, 50),
        p95_ms: percentile(&latencies, 95),
        reranking: results.iter().filter_map(|result| result.reranking).reduce(together),
    }
}

fn together(one: Reranking, other: Reranking) -> Reranking {
    Reranking { milliseconds: one.milliseconds + other.milliseconds, usage: one.usage + other.usage }
}

fn within(rank: Option<u32>, depth: u32) -> bool {
    rank.is_some_and(|rank| rank <= depth)
}

fn share(all: usize, some: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1);
    // An empty sum would be minus zero.
    values.fold(0.0, |sum, value| sum + value) / count as f64
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}
