use serde::{Deserialize, Serialize};

use super::{
    ApiError, Coverage, Facts, Nothing, Passage, Place, Reranking, SecondOpinion, Support, TextRange, Usage,
};

/// A question.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AskRequest {
    /// As the person typed it.
    pub question: String,
    /// The conversation it belongs to; a new one begins where there is none.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub conversation: Option<i64>,
    /// The question as it is searched for, where the person has corrected what was made of it.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub standalone: Option<String>,
    /// The endpoint's chat model that answers this once; the one that is set where there is none.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub chat_model: Option<String>,
    /// What the answer can be stopped by: a name that the shell makes up, as no other shell would.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<String>,
    /// Only these documents, with the filters in the text itself.
    #[serde(flatten)]
    pub place: Place,
}

/// A question and its answer, earlier in a conversation that another program keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// As it was asked.
    pub question: String,
    /// With or without its markers; none where there was none.
    pub answer: Option<String>,
}

/// What happens while a question is answered. The last event is always `Done` or `Error`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum AnswerEvent {
    /// A question that belongs to a conversation, put so that it can be understood by itself; what is searched for.
    Standalone {
        /// In the question's language.
        question: String,
    },
    /// The passages that the chat model is given, as numbered in the answer.
    Passages {
        /// Number 1 first.
        passages: Vec<Passage>,
    },
    /// A piece of the model's thinking.
    Reasoning {
        /// To be appended.
        text: String,
    },
    /// A piece of the answer. Markers are whole: `[n]` never comes in two pieces.
    Token {
        /// To be appended.
        text: String,
    },
    /// All text so far was thinking, not answer: the model closed a thinking block that it never opened.
    TextWasReasoning,
    /// A marker that has just been streamed, tied to its quote. Those that Footnote itself adds come with `Done`.
    Citation {
        /// Where it points.
        citation: Citation,
    },
    /// A sentence that claims something and cites nothing; told when the text is complete.
    Uncited {
        /// Where it stands in the answer.
        range: TextRange,
    },
    /// The answer is whole and stored, and a second opinion on it is asked for.
    AskingOpinion {
        /// The whole answer, without the opinion.
        answer: Box<Answer>,
    },
    /// There is no second opinion; the answer is none the worse for it.
    NoOpinion {
        /// What happened.
        error: ApiError,
    },
    /// The end; what was stored in the conversation.
    Done {
        /// The whole answer.
        answer: Box<Answer>,
    },
    /// The end without an answer. Where an answer had begun, `Done` comes instead, with its state `broken_off`.
    Error {
        /// What happened.
        error: ApiError,
    },
}

/// A finished answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Answer {
    /// The conversation it was stored in; 0 where it is not kept.
    #[cfg_attr(test, ts(type = "number"))]
    pub conversation: i64,
    /// Its own id.
    #[cfg_attr(test, ts(type = "number"))]
    pub message: i64,
    /// As asked.
    pub question: String,
    /// The filters that stood in the question, such as `@report.pdf` or `type:pdf`.
    pub filters: Vec<String>,
    /// The question as it was searched for, where it is another one: what the conversation says was put into it.
    pub standalone: Option<String>,
    /// What went before in the conversation, folded for the model, where it had become too long.
    pub earlier: Option<Earlier>,
    /// The text with its `[n]` markers. That of a refusal says nothing.
    pub answer: String,
    /// Why there is none and what the library holds, where it has just been refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub nothing: Option<Nothing>,
    /// In the order of their markers in the text.
    pub citations: Vec<Citation>,
    /// The sentences that claim something and cite nothing.
    pub uncited: Vec<TextRange>,
    /// What a chat model thought of the citations when it was asked, if it was.
    pub second_opinion: Option<SecondOpinion>,
    /// What the model was given; citation marker `n` is passage `n`.
    pub passages: Vec<Passage>,
    /// What was searched.
    pub coverage: Coverage,
    /// What it took.
    pub usage: Usage,
    /// Where the time went.
    pub timings_ms: AnswerTimings,
    /// What the reranking model took, where there is one; it is not part of `usage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reranking: Option<Reranking>,
    /// Whether it is whole.
    pub state: AnswerState,
    /// Whether the documents hold no answer, which a shell says in its own words: `answer` is empty, and `passages` are
    /// the closest ones.
    pub refused: bool,
    /// What broke it off.
    pub error: Option<ApiError>,
    /// The chat model's name.
    pub model: String,
    /// Whether it is made of quotes by the built-in model.
    pub built_in: bool,
}

/// The beginning of a conversation, folded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Earlier {
    /// As the chat model put it.
    pub summary: String,
    /// The last message that is in it.
    #[cfg_attr(test, ts(type = "number"))]
    pub until: i64,
}

/// Whether an answer is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum AnswerState {
    /// The model came to its end.
    Complete,
    /// The model ran into its token limit.
    Cut,
    /// The person stopped it.
    Stopped,
    /// The endpoint broke off; what had come is kept.
    BrokenOff,
    /// Another version of Footnote stored it in a form that this one cannot read: the question is all there is.
    Unreadable,
}

/// A marker in an answer, tied to a passage and a verbatim quote.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Citation {
    /// The number in the marker, which is the passage's number.
    pub marker: u32,
    /// Where the marker stands in the answer.
    pub range: TextRange,
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// The document's path.
    pub document: String,
    /// The document's own title, or its file name.
    pub title: String,
    /// The page that the quote stands on, counted from 1.
    pub page: u32,
    /// What that page is called ("84", "xii", "F-3"), where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_label: Option<String>,
    /// Letter for letter as on the page.
    pub quote: String,
    /// What is known of the sentence before the marker and what it cites; none in answers of versions that graded.
    #[serde(default)]
    pub facts: Option<Facts>,
    /// Whether the model cited nothing here: Footnote found the sentence, nearly word for word, in the passage.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub matched: bool,
    /// The grade that an earlier version gave in place of facts.
    #[serde(default)]
    pub support: Option<Support>,
    /// Whether a person has said that it was right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub marked_right: bool,
}

/// Where the time of an answer went, in milliseconds since the question.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AnswerTimings {
    /// The passages were found.
    pub retrieved: f64,
    /// The first piece of the answer was there.
    pub first_token: f64,
    /// All was done.
    pub total: f64,
}
