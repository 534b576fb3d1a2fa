//! The check of citations, measured with claims that people have judged.

use std::path::Path;

use anyhow::Result;
use engine::api::{ClaimFigures, KnownClaim};
use engine::evaluate_claims;

use super::read_lines;
use crate::output::{print, print_json};

pub(super) fn run(path: &Path, json: bool) -> Result<()> {
    let claims: Vec<KnownClaim> = read_lines(path)?;
    let found = evaluate_claims(&claims);
    if json { print_json(&found) } else { print(&table(&found.figures)) }
}

fn table(figures: &ClaimFigures) -> String {
    let alarms = figures.alarms_on_supported + figures.alarms_on_others;
    [
        ("supported claims that raise an alarm", figures.alarms_on_supported, figures.supported),
        ("others that raise one", figures.alarms_on_others, figures.others),
        ("of the alarms, on others", figures.alarms_on_others, alarms),
        (
            "quotes that hold a sentence which carries the claim",
            figures.right_quotes,
            figures.with_known_sentences,
        ),
        ("supported claims word for word in their quote", figures.word_for_word_supported, figures.supported),
        ("others word for word in their quote", figures.word_for_word_others, figures.others),
    ]
    .map(|(name, part, whole)| {
        let share = 100.0 * f64::from(part) / f64::from(whole.max(1));
        format!("{name:<52} {part:>5} of {whole:>5}  {share:>5.1} %")
    })
    .join("\n")
}
