//! How often an alarm of the check is one, over claims that people judged.

use std::collections::BTreeMap;

use answer::{Checked, Evidence, check};
use library::{ChunkId, DocumentId, PageSpan, Passage};

use crate::api::{ClaimEvaluation, ClaimFigures, ClaimResult, KnownClaim, Support, Wording};

/// Checks each claim against its evidence. Of several lines with one id, what is best for the claim counts: an alarm is
/// one when all of them raise it.
#[must_use]
pub fn evaluate_claims(lines: &[KnownClaim]) -> ClaimEvaluation {
    let mut claims: BTreeMap<&str, ClaimResult> = BTreeMap::new();
    for line in lines {
        let result = result(line);
        match claims.get_mut(line.id.as_str()) {
            Some(known) => known.take_better(result),
            None => drop(claims.insert(&line.id, result)),
        }
    }
    let claims: Vec<ClaimResult> = claims.into_values().collect();
    ClaimEvaluation { figures: figures(&claims), claims }
}

fn result(line: &KnownClaim) -> ClaimResult {
    let checked = check(&line.claim, &evidence(line));
    let supporting: Vec<&String> =
        line.supporting.iter().filter_map(|place| line.evidence.get(*place)).collect();
    let holds_one =
        |checked: &Checked| supporting.iter().any(|sentence| checked.quote.contains(sentence.trim()));
    let quote_is_right = (!supporting.is_empty()).then(|| checked.as_ref().is_some_and(holds_one));
    ClaimResult {
        id: line.id.clone(),
        label: line.label,
        alarm: checked.as_ref().is_none_or(|checked| checked.facts.raise_alarm()),
        missing: checked.iter().flat_map(|checked| checked.facts.missing()).cloned().collect(),
        near: checked.as_ref().is_some_and(|checked| checked.facts.near),
        wording: checked.map_or(Wording::OwnWords, |checked| checked.facts.wording),
        quote_is_right,
    }
}

impl ClaimResult {
    fn take_better(&mut self, other: Self) {
        if rank(other.label) > rank(self.label) {
            self.label = other.label;
        }
        if self.alarm && !other.alarm {
            (self.alarm, self.missing, self.near) = (other.alarm, other.missing, other.near);
        }
        if other.wording == Wording::WordForWord {
            self.wording = other.wording;
        }
        self.quote_is_right = self.quote_is_right.max(other.quote_is_right);
    }
}

fn rank(label: Support) -> u8 {
    match label {
        Support::Unsupported => 0,
        Support::Partly => 1,
        Support::Supported => 2,
    }
}

/// The evidence as a page of its own, a sentence a line.
fn evidence(line: &KnownClaim) -> Evidence {
    let text = line.evidence.join("\n");
    let mut start = 0;
    let spans = line.evidence.iter().map(|sentence| {
        let span = PageSpan { page: 1, start, end: start + sentence.len() };
        start = span.end + 1;
        span
    });
    let passage = Passage {
        chunk: ChunkId(1),
        document: DocumentId(1),
        path: "evidence".into(),
        title: None,
        ordinal: 0,
        heading_path: Vec::new(),
        page_first: 1,
        page_last: 1,
        page_labels: BTreeMap::new(),
        page_spans: spans.collect(),
        text: text.clone(),
    };
    Evidence::new(passage, BTreeMap::from([(1, text)]))
}

fn figures(claims: &[ClaimResult]) -> ClaimFigures {
    let count =
        |test: &dyn Fn(&ClaimResult) -> bool| claims.iter().filter(|claim| test(claim)).count() as u32;
    let is_supported = |claim: &ClaimResult| claim.label == Support::Supported;
    let is_word_for_word = |claim: &ClaimResult| claim.wording == Wording::WordForWord;
    ClaimFigures {
        supported: count(&is_supported),
        others: count(&|claim| !is_supported(claim)),
        alarms_on_supported: count(&|claim| claim.alarm && is_supported(claim)),
        alarms_on_others: count(&|claim| claim.alarm && !is_supported(claim)),
        with_known_sentences: count(&|claim| claim.quote_is_right.is_some()),
        right_quotes: count(&|claim| claim.quote_is_right == Some(true)),
        word_for_word_supported: count(&|claim| is_word_for_word(claim) && is_supported(claim)),
        word_for_word_others: count(&|claim| is_word_for_word(claim) && !is_supported(claim)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, claim: &str, label: Support, supporting: Vec<usize>) -> KnownClaim {
        let evidence =
            ["The lamp was lit in 1871.", "Its oil burner was replaced in 1932 by the harbour board."];
        let evidence = evidence.map(str::to_owned).to_vec();
        KnownClaim { id: id.to_owned(), claim: claim.to_owned(), label, evidence, supporting }
    }

    #[test]
    fn an_alarm_is_counted_by_claim_and_label() {
        let board = "In 1932 the harbour board replaced the burner.";
        let found = evaluate_claims(&[
            line("1", "The lamp was lit in 1871.", Support::Supported, vec![0]),
            line("2", "The lamp was lit in 1872.", Support::Unsupported, Vec::new()),
            line("3", board, Support::Partly, vec![0]),
            line("3", board, Support::Supported, vec![1]),
        ]);
        let expected = ClaimFigures {
            supported: 2,
            others: 1,
            alarms_on_supported: 0,
            alarms_on_others: 1,
            with_known_sentences: 2,
            right_quotes: 2,
            word_for_word_supported: 1,
            word_for_word_others: 0,
        };
        assert_eq!(found.figures, expected);
        assert_eq!(found.claims[1].missing[0].text, "1872");
    }
}
