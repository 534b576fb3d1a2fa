//! Where a page stands in the steps of a search.

use super::page;
use crate::api::{PageExplanation, Part, Standing, Unsearched};

/// What is known of a page in a search, line by line; the steps are a table.
#[must_use]
pub fn explanation(found: &PageExplanation) -> Vec<String> {
    let unsearched = found.unsearched.map(|reason| match reason {
        Unsearched::OtherPlace => "Its document was not searched: the filters leave it out.",
        Unsearched::NoText => "It holds no text.",
    });
    let mut lines: Vec<String> = unsearched.map(str::to_owned).into_iter().collect();
    lines.push(words(found));
    lines.push(row("step", "place", "points  share"));
    for part in found.parts.iter().filter(|part| part.standing.of > 0) {
        let points = format!("{:>6.2}  {:>3.0} %", part.points, part.share * 100.0);
        lines.push(row(step(part.step), &place(part.standing), &points));
    }
    let score = format!("{:>6.2}  (best {:.2})", found.score, found.best_score);
    lines.push(row("all together", &place(found.scored), &score));
    lines.push(row("passages", &place(found.passages), ""));
    lines.extend(found.reranked.map(|standing| row("reranking model", &place(standing), "")));
    if let Some(better) = &found.repeats {
        let place = page(better.page, None);
        lines.push(format!("Left out, because {}, {place} says the same.", better.document));
    }
    lines
}

fn row(step: &str, place: &str, points: &str) -> String {
    format!("{step:<24}{place:<24}{points}").trim_end().to_owned()
}

fn place(Standing { rank, of, most }: Standing) -> String {
    match rank {
        Some(rank) => format!("{rank} of {of}"),
        None if most.is_some_and(|most| of >= most) => format!("not in the first {of}"),
        None => format!("not among the {of}"),
    }
}

/// "holds rent, lamp; does not hold varnish".
fn words(found: &PageExplanation) -> String {
    let said = [
        ("holds", &found.holds),
        ("its document\u{2019}s name holds", &found.in_name),
        ("does not hold", &found.lacks),
    ];
    let said = said.iter().filter(|(_, words)| !words.is_empty());
    said.map(|(verb, words)| format!("{verb} {}", words.join(", "))).collect::<Vec<_>>().join("; ")
}

fn step(part: Part) -> &'static str {
    match part {
        Part::Words => "words of the passage",
        Part::Phrases => "phrases of the passage",
        Part::PageWords => "words of the page",
        Part::PagePhrases => "phrases of the page",
        Part::Vectors => "meaning",
        Part::Names => "name of the document",
        Part::Amounts => "figures",
        Part::Places => "place that is named",
    }
}
