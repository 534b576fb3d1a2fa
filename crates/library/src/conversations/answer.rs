//! An answer as it is kept: a form of the library's own, whatever shells show of it.

use std::iter::Sum;
use std::ops::Add;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction, named_params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ConversationId, Facts, MessageId};
use crate::json::Json;
use crate::{Coverage, DocumentId};

/// The form that is written. One that reads otherwise than those before it gets a higher number; a field that may be
/// missing does not.
const VERSION: u32 = 1;

/// An answer with all that is shown of it again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// How it ended.
    pub outcome: Outcome,
    /// Its text, with a marker `[n]` for passage `n`.
    pub text: String,
    /// The question as it was searched for, where it is another one.
    pub standalone: Option<String>,
    /// The filters that stood in the question.
    pub filters: Vec<String>,
    /// The chat model's name.
    pub model: String,
    /// Whether it is made of quotes by the built-in model.
    pub built_in: bool,
    /// What it took.
    pub usage: Usage,
    /// Where the time went.
    pub timings: Timings,
    /// What was searched.
    pub coverage: Coverage,
    /// What the reranking model took, where there was one; it is not part of `usage`.
    pub reranking: Option<Reranking>,
    /// What broke it off.
    pub error: Option<Failure>,
    /// What went before in the conversation, folded for the model, where it had become too long.
    pub earlier: Option<Earlier>,
    /// What the model was given, number 1 first.
    pub passages: Vec<GivenPassage>,
    /// In the order of their markers in the text.
    pub citations: Vec<Citation>,
    /// The sentences that claim something and cite nothing.
    pub uncited: Vec<TextRange>,
    /// What a chat model thought of the citations when it was asked, if it was.
    pub opinion: Option<SecondOpinion>,
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The model came to its end.
    #[default]
    Answered,
    /// The documents hold no answer; the passages are the closest ones.
    NotInDocuments,
    /// The model ran into its token limit.
    Cut,
    /// The person stopped it.
    Stopped,
    /// The endpoint broke off; what had come is kept.
    BrokenOff,
}

/// What calls of a model took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Usage {
    /// Tokens read.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub prompt_tokens: u64,
    /// Tokens written.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub completion_tokens: u64,
    /// In US dollars, where the endpoint says it or the prices are set.
    pub estimated_cost: Option<f64>,
    /// Whether the tokens were counted here because the endpoint did not say.
    pub estimated: bool,
}

/// Where the time of an answer went, in milliseconds since the question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// The passages were found.
    pub retrieved: f64,
    /// The first piece of the answer was there.
    pub first_token: f64,
    /// All was done.
    pub total: f64,
}

/// What it took to put passages in order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reranking {
    /// How long.
    pub milliseconds: f64,
    /// What the model took.
    pub usage: Usage,
}

/// Why an answer broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A stable word for the kind of failure.
    pub code: String,
    /// What happened: a code with its parameters, or words where it has none.
    pub message: Value,
}

/// The beginning of a conversation, folded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// As the chat model put it.
    pub summary: String,
    /// The last message that is in it.
    pub until: MessageId,
}

/// A passage as a model was given it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenPassage {
    /// Its number, counted from 1.
    pub rank: u32,
    /// Comparable within one search only.
    pub score: f32,
    /// Its document, which may be gone.
    pub document_id: DocumentId,
    /// The document's path.
    pub document: String,
    /// The document's own title, or its file name.
    pub title: String,
    /// First page, counted from 1.
    pub page_first: u32,
    /// Last page.
    pub page_last: u32,
    /// What the first page is called, where it is not by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_label_first: Option<String>,
    /// What the last page is called, where it is not by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_label_last: Option<String>,
    /// The headings it stands under; empty where there are none.
    pub section: String,
    /// As it stood in the document.
    pub text: String,
}

/// A marker in an answer, tied to a passage and a verbatim quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The number in the marker, which is the passage's number.
    pub marker: u32,
    /// Where the marker stands in the answer.
    pub range: TextRange,
    /// Its document, which may be gone.
    pub document_id: DocumentId,
    /// The document's path.
    pub document: String,
    /// The document's own title, or its file name.
    pub title: String,
    /// The page that the quote stands on, counted from 1.
    pub page: u32,
    /// What that page is called, where it is not by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_label: Option<String>,
    /// Letter for letter as on the page.
    pub quote: String,
    /// What is known of the sentence before the marker and what it cites.
    #[serde(default)]
    pub facts: Option<Facts>,
    /// Whether the model cited nothing here, and the sentence was found in the passage.
    #[serde(default)]
    pub matched: bool,
    /// The grade that an earlier version gave in place of facts.
    #[serde(default)]
    pub support: Option<Support>,
    /// Whether a person has said that it was right.
    #[serde(default)]
    pub marked_right: bool,
}

/// A stretch of text in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TextRange {
    /// First code unit.
    pub start: u32,
    /// Behind the last one.
    pub end: u32,
}

/// How far a quote carries the sentence that cites it: a model's verdict, or the grade of an earlier version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Support {
    /// All of it.
    Supported,
    /// Some of it.
    Partly,
    /// None of it, or a number in it stands nowhere in the passage.
    Unsupported,
}

/// What a chat model thought of the sentences and what they cite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecondOpinion {
    /// The chat model's name.
    pub model: String,
    /// One for each sentence that cites something, in their order. Earlier versions had one for each citation, and none
    /// where the model said nothing that could be read.
    pub opinions: Vec<Opinion>,
    /// What it took.
    pub usage: Usage,
    /// How long it took; not known of an opinion that an earlier version kept.
    #[serde(default)]
    pub milliseconds: Option<f64>,
}

/// What a chat model thought of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The place of the sentence's last citation among those of the answer, counted from 0.
    pub citation: u32,
    /// How far what it cites carries the sentence; `None` where the model said nothing that could be read.
    pub support: Option<Support>,
    /// In the model's words.
    pub reason: String,
}

impl Add for Usage {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            prompt_tokens: self.prompt_tokens + other.prompt_tokens,
            completion_tokens: self.completion_tokens + other.completion_tokens,
            estimated_cost: match (self.estimated_cost, other.estimated_cost) {
                (None, None) => None,
                (one, other) => Some(one.unwrap_or_default() + other.unwrap_or_default()),
            },
            estimated: self.estimated || other.estimated,
        }
    }
}

impl Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(usages: I) -> Self {
        usages.fold(Self::default(), Add::add)
    }
}

/// What [`Answer::read`] reads.
pub(super) const COLUMNS: &str = "version, outcome, text, standalone, filters, model, built_in, usage, timings, coverage, \
                                  reranking, error, earlier, passages, citations, uncited, opinion";

impl Answer {
    /// Reads the [`COLUMNS`] of a row. `None` where they are of no form that this version knows.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let version: u32 = row.get("version")?;
        Ok(if (1..=VERSION).contains(&version) { Self::known(row).ok() } else { None })
    }

    fn known(row: &Row<'_>) -> rusqlite::Result<Self> {
        let Json(filters) = row.get("filters")?;
        let Json(usage) = row.get("usage")?;
        let Json(timings) = row.get("timings")?;
        let Json(coverage) = row.get("coverage")?;
        let Json(reranking) = row.get("reranking")?;
        let Json(error) = row.get("error")?;
        let Json(earlier) = row.get("earlier")?;
        let Json(passages) = row.get("passages")?;
        let Json(citations) = row.get("citations")?;
        let Json(uncited) = row.get("uncited")?;
        let Json(opinion) = row.get("opinion")?;
        Ok(Self {
            outcome: row.get("outcome")?,
            text: row.get("text")?,
            standalone: row.get("standalone")?,
            filters,
            model: row.get("model")?,
            built_in: row.get("built_in")?,
            usage,
            timings,
            coverage,
            reranking,
            error,
            earlier,
            passages,
            citations,
            uncited,
            opinion,
        })
    }

    pub(super) fn insert(
        &self,
        transaction: &Transaction<'_>,
        conversation: ConversationId,
        question: &str,
    ) -> rusqlite::Result<MessageId> {
        transaction
            .prepare_cached(&format!(
                "INSERT INTO messages (conversation_id, question, {COLUMNS})
                 VALUES (:conversation, :question, :version, :outcome, :text, :standalone, :filters, :model, :built_in,
                         :usage, :timings, :coverage, :reranking, :error, :earlier, :passages, :citations, :uncited,
                         :opinion)
                 RETURNING id"
            ))?
            .query_row(
                named_params! {
                    ":conversation": conversation,
                    ":question": question,
                    ":version": VERSION,
                    ":outcome": self.outcome,
                    ":text": self.text,
                    ":standalone": self.standalone,
                    ":filters": Json(&self.filters),
                    ":model": self.model,
                    ":built_in": self.built_in,
                    ":usage": Json(self.usage),
                    ":timings": Json(self.timings),
                    ":coverage": Json(self.coverage),
                    ":reranking": Json(self.reranking),
                    ":error": Json(&self.error),
                    ":earlier": Json(&self.earlier),
                    ":passages": Json(&self.passages),
                    ":citations": Json(&self.citations),
                    ":uncited": Json(&self.uncited),
                    ":opinion": Json(&self.opinion),
                },
                |row| row.get(0),
            )
    }
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Answered, Self::NotInDocuments, Self::Cut, Self::Stopped, Self::BrokenOff];

    /// As it is stored.
    fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NotInDocuments => "not_in_documents",
            Self::Cut => "cut",
            Self::Stopped => "stopped",
            Self::BrokenOff => "broken_off",
        }
    }
}

impl ToSql for Outcome {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.word().into())
    }
}

impl FromSql for Outcome {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL.into_iter().find(|outcome| outcome.word() == word).ok_or(FromSqlError::InvalidType)
    }
}
