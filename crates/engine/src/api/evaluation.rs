use serde::{Deserialize, Serialize};

use super::{Fact, Reranking, Support, Wording};

/// A question whose pages are known, as a line of a `questions.jsonl`.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct KnownQuestion {
    /// Tells it from the others.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// The document that answers it: the end of its path, such as `reports/2018.pdf`.
    #[serde(default)]
    pub document: Option<String>,
    /// The pages that answer it, counted from 1; empty where only the document is known.
    #[serde(default)]
    pub pages: Vec<u32>,
    /// All documents that answer it, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<KnownPages>,
    /// Whether no document answers it. Then it is counted, not measured.
    #[serde(default)]
    pub unanswerable: bool,
    /// Whether its page is a picture. Then it is counted, not measured.
    #[serde(default)]
    pub needs_ocr: bool,
}

/// Pages of a document that answer a question.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct KnownPages {
    /// The end of its path.
    pub document: String,
    /// Counted from 1; empty where only the document is known.
    #[serde(default)]
    pub pages: Vec<u32>,
}

/// Which steps of retrieval to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The search of chunks by words.
    Lexical,
    /// The search of whole pages by words.
    Pages,
    /// The search by phrases.
    Phrases,
    /// The search by vectors.
    Dense,
    /// The surroundings of what is found by vectors.
    Surroundings,
    /// The preference for documents that the question names.
    Names,
    /// The preference for figures where the question asks for an amount.
    Amounts,
    /// The preference for the places that the question names.
    Structure,
    /// Joining neighbours and leaving out repetitions.
    Join,
}

/// How well retrieval finds what is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Evaluation {
    /// Over all questions.
    pub figures: Figures,
    /// Question by question.
    pub questions: Vec<QuestionResult>,
}

/// Figures over questions. A recall is the share of questions for which a known document or page is among the
/// first so many different ones.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Questions measured.
    pub questions: u32,
    /// Questions whose pages are known too.
    pub with_pages: u32,
    /// Not measured: no document answers them.
    pub unanswerable: u32,
    /// Not measured: their pages are pictures.
    pub needs_ocr: u32,
    /// Document recall at 1, 5 and 10.
    pub document_recall: [f64; 3],
    /// Page recall at 1, 5, 10 and 20.
    pub page_recall: [f64; 4],
    /// The mean of one by the rank of the first known page, or document where no page is known.
    pub mrr: f64,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg_10: f64,
    /// The middle of the latencies of retrieval.
    pub p50_ms: f64,
    /// What 95 of 100 stay below.
    pub p95_ms: f64,
    /// What the reranking model took for all questions together, where there is one.
    pub reranking: Option<Reranking>,
}

/// One question's result. Ranks count from 1; none where it was not found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct QuestionResult {
    /// The question's id.
    pub id: String,
    /// The rank of the first known document among the different ones.
    pub document_rank: Option<u32>,
    /// The rank of the first known page among the different ones.
    pub page_rank: Option<u32>,
    /// Share of the best possible gain of the first ten.
    pub ndcg_10: f64,
    /// Whether it was searched by words alone: there are no vectors of the embedding model, or no such model.
    #[serde(default)]
    pub words_alone: bool,
    /// How long retrieval took.
    pub milliseconds: f64,
    /// What the reranking model took of it.
    pub reranking: Option<Reranking>,
    /// Where each known page stood after each step.
    pub steps: Vec<StepRanks>,
}

/// Where a known page (or document, where no page is known) stood after each step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StepRanks {
    /// The end of the document's path.
    pub document: String,
    /// The page, where it is known.
    pub page: Option<u32>,
    /// Each step with the rank after it, among the findings of the step.
    pub ranks: Vec<(String, Option<u32>)>,
}

/// How answers cite what is known to answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerEvaluation {
    /// Over all questions.
    pub figures: AnswerFigures,
    /// Question by question.
    pub questions: Vec<AnswerResult>,
}

/// Counts of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFigures {
    /// Those that documents answer.
    pub answerable: u32,
    /// Those of them that were refused, wrongly.
    pub refused_wrongly: u32,
    /// Those of which a known document was cited.
    pub cites_document: u32,
    /// Those whose pages are known.
    pub with_pages: u32,
    /// Those of which a known page was cited.
    pub cites_page: u32,
    /// Those that no document answers.
    pub unanswerable: u32,
    /// Those of them that were refused, rightly.
    pub refused_rightly: u32,
}

/// One question's answer beside what is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerResult {
    /// The question's id.
    pub id: String,
    /// Whether the documents were said to hold no answer.
    pub refused: bool,
    /// What was answered, with its `[n]` markers.
    pub text: String,
    /// What was cited, in the order of the markers.
    pub cited: Vec<CitedPage>,
    /// Whether a known document was cited; none where none is known.
    pub cites_document: Option<bool>,
    /// Whether a known page was cited; none where none is known.
    pub cites_page: Option<bool>,
    /// How long it took.
    pub milliseconds: f64,
}

/// A page that an answer cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedPage {
    /// The document's path.
    pub document: String,
    /// Counted from 1.
    pub page: u32,
}

/// A claim that people have judged, with sentences of the page that it cites: a line of a file for `footnote eval
/// --claims`. Several lines may have one id.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct KnownClaim {
    /// Tells it from the others.
    pub id: String,
    /// The sentence.
    pub claim: String,
    /// How far the evidence carries it, as people say.
    pub label: Support,
    /// Sentences of the page, in their order.
    pub evidence: Vec<String>,
    /// Places among the evidence, from 0, of the sentences that carry the claim.
    #[serde(default)]
    pub supporting: Vec<usize>,
}

/// What the check says of claims that people have judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimEvaluation {
    /// Over all claims.
    pub figures: ClaimFigures,
    /// Claim by claim.
    pub claims: Vec<ClaimResult>,
}

/// Counts of claims. "Others" are those that are partly supported or unsupported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFigures {
    /// Claims that are supported.
    pub supported: u32,
    /// Claims that are not, or not fully.
    pub others: u32,
    /// Supported claims that raise an alarm.
    pub alarms_on_supported: u32,
    /// Others that raise one.
    pub alarms_on_others: u32,
    /// Claims of which it is known what sentences carry them.
    pub with_known_sentences: u32,
    /// Those of them whose quote holds one.
    pub right_quotes: u32,
    /// Supported claims that stand in their quote word for word.
    pub word_for_word_supported: u32,
    /// Others that do.
    pub word_for_word_others: u32,
}

/// What the check says of one claim.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimResult {
    /// The claim's id.
    pub id: String,
    /// What people say: the best over its lines.
    pub label: Support,
    /// Whether all its lines raise an alarm.
    pub alarm: bool,
    /// What stands nowhere in its evidence.
    pub missing: Vec<Fact>,
    /// Whether anything comes near it.
    pub near: bool,
    /// How it is worded beside its quote.
    pub wording: Wording,
    /// Whether the quote holds a sentence that carries it, where it is known which do.
    pub quote_is_right: Option<bool>,
}
