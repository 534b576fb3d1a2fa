//! Figures for a person to read.

use engine::api::{Figures, Reranking};

use super::Results;

/// A line for each set, and one for all of them where there are several.
pub(super) fn table(results: &Results) -> String {
    let mut lines = vec![format!(
        "{:<12} {:>5}  {:<21} {:<27} {:>5} {:>7}  {:>7} {:>7}",
        "set", "asked", "document @1 @5 @10", "page @1 @5 @10 @20", "MRR", "nDCG@10", "p50 ms", "p95 ms"
    )];
    lines.extend(results.sets.iter().map(|set| line(&set.set, &set.figures)));
    if results.sets.len() > 1 {
        lines.push(line("all", &results.figures));
    }
    let left_out = results.figures.unanswerable + results.figures.needs_ocr;
    if left_out > 0 {
        lines.push(format!(
            "Not measured: {} unanswerable questions, {} about pictures of pages.",
            results.figures.unanswerable, results.figures.needs_ocr
        ));
    }
    if let Some(Reranking { milliseconds, usage }) = &results.figures.reranking {
        let cost = usage.estimated_cost.map(|cost| format!(", ${cost:.4}")).unwrap_or_default();
        lines.push(format!(
            "Reranking: {:.1} ms a question; all together {} tokens read, {} written{cost}.",
            milliseconds / f64::from(results.figures.questions),
            usage.prompt_tokens,
            usage.completion_tokens
        ));
    }
    lines.join("\n")
}

fn line(name: &str, figures: &Figures) -> String {
    let recalls = |recalls: &[f64]| recalls.iter().map(|recall| format!("{recall:.3}")).collect::<Vec<_>>();
    let pages =
        if figures.with_pages == 0 { "-".to_owned() } else { recalls(&figures.page_recall).join("  ") };
    format!(
        "{name:<12} {:>5}  {:<21} {pages:<27} {:>5.3} {:>7.3}  {:>7.1} {:>7.1}",
        figures.questions,
        recalls(&figures.document_recall).join("  "),
        figures.mrr,
        figures.ndcg_10,
        figures.p50_ms,
        figures.p95_ms
    )
}
