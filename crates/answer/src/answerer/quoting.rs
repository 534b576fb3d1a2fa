//! Answers that are made of quotes, without a model that writes.

mod nearness;
mod statements;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use futures::{StreamExt as _, stream};
use models::{Embedder, FinishReason, ModelError, Usage};
use regex::Regex;

use super::{Answerer, Written, WrittenStream};
use crate::citation::named;
use crate::history::carried_over;
use crate::{Evidence, History};
use statements::{Statement, statements};

/// It can read any length.
const CONTEXT_TOKENS: usize = 16_384;

/// So many of the best passages are quoted, each with the statement that is nearest to the question: the best three
/// statements of all come from one page too often, and the page that answers is often another one (docs/answers.md).
const PASSAGES: usize = 3;

/// What the question's words weigh beside the vectors, which do not tell one number or code from another.
const WORDS: f32 = 0.5;

/// A further quote is at least this near in comparison with the nearest: up to here no page that answers was lost.
const LEAST_SHARE_OF_BEST: f32 = 0.6;

/// Where even the nearest is below these, the passages do not answer (docs/answers.md).
const LEAST_SIMILARITY: f32 = 0.3;
const LEAST_SHARE_OF_WORDS: f32 = 0.3;

/// Answers with the statements of the best passages that are nearest to the question, word for word.
pub struct QuotingAnswerer {
    sentences: Option<Arc<dyn Embedder>>,
}

impl QuotingAnswerer {
    /// `sentences` makes the vectors by which statements are compared with the question; without it their words are.
    #[must_use]
    pub fn new(sentences: Option<Arc<dyn Embedder>>) -> Self {
        Self { sentences }
    }

    /// The nearest statement of each of the best passages, the nearest of all first; none where nothing is near.
    async fn nearest(&self, question: &str, evidence: &[Evidence]) -> Result<Vec<Statement>, ModelError> {
        if !is_known(question, evidence) {
            return Ok(Vec::new());
        }
        let numbered = (1..).zip(evidence.iter().take(PASSAGES));
        let said: Vec<Statement> = numbered.flat_map(|(number, text)| statements(number, text)).collect();
        let words = nearness::by_words(question, &said);
        let (nearness, is_answered) = match self.similarities(question, &said).await? {
            Some(similarities) => {
                let is_answered = similarities.iter().any(|similarity| *similarity >= LEAST_SIMILARITY);
                let with_words = similarities.iter().zip(&words).map(|(near, share)| near + share * WORDS);
                (with_words.collect::<Vec<f32>>(), is_answered)
            }
            None => {
                let is_answered = words.iter().any(|share| *share >= LEAST_SHARE_OF_WORDS);
                (words, is_answered)
            }
        };
        if !is_answered {
            return Ok(Vec::new());
        }
        let mut nearest: Vec<(f32, Statement)> = nearness.into_iter().zip(said).collect();
        nearest.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let least = nearest.first().map_or(0.0, |(best, _)| best * LEAST_SHARE_OF_BEST);
        let mut quoted: Vec<Statement> = Vec::new();
        for (near, statement) in nearest {
            let is_new =
                quoted.iter().all(|other| other.number != statement.number && other.text != statement.text);
            if near >= least && is_new {
                quoted.push(statement);
            }
        }
        Ok(quoted)
    }

    /// How near the statements are by their vectors. Where no model can be run here, the words alone decide.
    async fn similarities(&self, question: &str, said: &[Statement]) -> Result<Option<Vec<f32>>, ModelError> {
        let Some(model) = &self.sentences else { return Ok(None) };
        match nearness::by_vectors(model.as_ref(), question, said).await {
            Err(error) if error.cannot_run_here() => Ok(None),
            similarities => similarities.map(Some),
        }
    }
}

#[async_trait]
impl Answerer for QuotingAnswerer {
    fn name(&self) -> &str {
        "Built-in (quotes only)"
    }

    fn context_tokens(&self) -> usize {
        CONTEXT_TOKENS
    }

    async fn standalone(&self, question: &str, history: &History) -> (String, Usage) {
        (carried_over(question, history), Usage::default())
    }

    async fn answer(
        &self,
        question: &str,
        evidence: &[Evidence],
        _: &History,
    ) -> Result<WrittenStream, ModelError> {
        let quoted = self.nearest(question, evidence).await?;
        let answer = quoted.iter().map(cited).collect::<Vec<_>>().join("\n\n");
        let mut written: Vec<Written> =
            answer.split_inclusive(' ').map(|word| Written::Text(word.to_owned())).collect();
        if written.is_empty() {
            written.push(Written::Refused);
        }
        written.push(Written::Finished { reason: FinishReason::Stop, usage: Usage::default() });
        Ok(stream::iter(written).map(Ok).boxed())
    }
}

/// Whether any passage says a name of the question, and any a year of it. Passages are read until both are found, which
/// mostly the first does.
fn is_known(question: &str, evidence: &[Evidence]) -> bool {
    let (mut a_name, mut a_date) = (false, false);
    evidence.iter().map(|evidence| named(question, evidence)).any(|said| {
        a_name |= said.a_name;
        a_date |= said.a_date;
        a_name && a_date
    })
}

/// A statement with its marker. The cells of a row come with the names of their columns where each cell has one.
fn cited(statement: &Statement) -> String {
    let text = without_references(&statement.text);
    let cells: Vec<&str> = text.split(" | ").collect();
    let columns: Vec<&str> = statement.columns.iter().flat_map(|columns| columns.split(" | ")).collect();
    if columns.len() != cells.len() {
        return format!("{text} [{}]", statement.number);
    }
    let named = |(column, cell): (&&str, &&str)| {
        if column.is_empty() { (*cell).to_owned() } else { format!("{column}: {cell}") }
    };
    let row: Vec<String> = columns.iter().zip(&cells).map(named).collect();
    format!("{} [{}]", row.join(" | "), statement.number)
}

/// A document's own references (`[12]`, `[3, 4]`) would read as citations of ours.
fn without_references(text: &str) -> Cow<'_, str> {
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*[\[【]\^?\d[\d\s,–-]*[\]】]").expect("the pattern is constant and tested")
    });
    REFERENCE.replace_all(text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(question: &str, texts: &[&[&str]]) -> Vec<Written> {
        let evidence: Vec<Evidence> =
            (1..).zip(texts).map(|(page, pieces)| Evidence::for_test(page, pieces)).collect();
        let answerer = QuotingAnswerer::new(None);
        let written = answerer.answer(question, &evidence, &History::default()).await.unwrap();
        written.map(Result::unwrap).collect().await
    }

    async fn answer_to(question: &str, texts: &[&[&str]]) -> String {
        let text = |written| if let Written::Text(text) = written { Some(text) } else { None };
        ask(question, texts).await.into_iter().filter_map(text).collect()
    }

    const TEXTS: [&[&str]; 3] = [
        &["The gallery", "The cast iron of the gallery had rusted.", "It was closed to everyone."],
        &[
            "Of the 48 panes of the lantern 17 were cracked or missing.",
            "The panes were\nrenewed in glass of 11.5 mm.",
            "New frames of bronze were cast for the lantern [12].",
        ],
        &["Work\tCost", "Conservation of the lens\t121,300", "Drainage and damp\t88,400"],
    ];

    #[tokio::test]
    async fn the_statement_that_answers_is_quoted_with_its_source() {
        assert_eq!(
            answer_to("How many panes were cracked?", &TEXTS).await,
            "Of the 48 panes of the lantern 17 were cracked or missing. [2]"
        );
    }

    #[tokio::test]
    async fn the_cells_of_a_row_come_with_the_names_of_their_columns() {
        assert_eq!(
            answer_to("What did the drainage cost?", &TEXTS).await,
            "Work: Drainage and damp | Cost: 88,400 [3]"
        );
    }

    #[tokio::test]
    async fn what_else_the_page_says_tells_equal_lines_apart() {
        let texts: [&[&str]; 2] = [
            &["5 March payment to the rope maker 12.00", "Closing balance 5274.40 EUR"],
            &["6 April payment to the rope maker 13.00", "Closing balance 5411.40 EUR"],
        ];
        let answer = answer_to("What was the closing balance in April?", &texts).await;
        assert!(answer.starts_with("Closing balance 5411.40 EUR [2]"), "{answer}");
    }

    #[tokio::test]
    async fn each_passage_is_quoted_once() {
        let texts: [&[&str]; 2] = [
            &[
                "The lens has a prism.",
                "A prism of the lens was cracked.",
                "Each prism of the lens was washed.",
            ],
            &["The lens and each prism came from Paris."],
        ];
        let answer = answer_to("Which prism of the lens?", &texts).await;
        assert_eq!((answer.matches("[1]").count(), answer.matches("[2]").count()), (1, 1), "{answer}");
    }

    #[tokio::test]
    async fn references_of_the_document_are_not_taken_for_citations() {
        assert_eq!(
            answer_to("Of what were the new frames cast?", &TEXTS).await,
            "New frames of bronze were cast for the lantern. [2]"
        );
    }

    #[tokio::test]
    async fn what_the_passages_do_not_say_is_refused() {
        for (question, texts) in [
            ("Who played the organ of the cathedral?", &TEXTS[..]),
            ("How many panes were cracked at Skerry Point?", &TEXTS),
            ("How many panes were cracked in 1987?", &TEXTS),
            ("How many panes were cracked?", &[]),
        ] {
            let written = ask(question, texts).await;
            assert!(
                matches!(written[..], [Written::Refused, Written::Finished { .. }]),
                "{question}: {written:?}"
            );
        }
    }

    #[tokio::test]
    async fn an_answer_comes_word_by_word_and_ends_once() {
        let written = ask("How many panes were cracked?", &TEXTS).await;
        let (last, words) = written.split_last().unwrap();
        assert_eq!(
            words.len(),
            "Of the 48 panes of the lantern 17 were cracked or missing. [2]".split(' ').count()
        );
        assert!(matches!(last, Written::Finished { reason: FinishReason::Stop, .. }), "ended with {last:?}");
    }
}
