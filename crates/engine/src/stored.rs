//! What a shell sees of what the library keeps of an answer.

use library::{ConversationId, MessageId, Outcome};
use serde_json::Value;

use crate::api::{
    Answer, AnswerState, AnswerTimings, ApiError, Citation, Coverage, Earlier, ErrorCode, ErrorMessage,
    Opinion, Passage, SecondOpinion, Usage,
};

/// A struct made of one with the same fields.
macro_rules! same_fields {
    ($one:path => $other:ty { $($field:ident),+ }) => {
        impl From<$one> for $other {
            fn from(one: $one) -> Self {
                Self { $($field: one.$field.into()),+ }
            }
        }
    };
}

same_fields!(library::Timings => AnswerTimings { retrieved, first_token, total });
same_fields!(library::Opinion => Opinion { citation, support, reason });

/// What is kept of an error. Its code is stored by the name that shells see.
impl From<ApiError> for library::Failure {
    fn from(error: ApiError) -> Self {
        let code = serde_json::to_value(error.code).ok();
        let code = code.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { code, message: serde_json::to_value(error.message).unwrap_or_default() }
    }
}

impl From<library::Failure> for ApiError {
    fn from(stored: library::Failure) -> Self {
        // What breaks an answer off is an endpoint.
        let code = serde_json::from_value(Value::String(stored.code)).unwrap_or(ErrorCode::Endpoint);
        let message = serde_json::from_value(stored.message);
        Self { code, message: message.unwrap_or(ErrorMessage::Fault) }
    }
}

impl From<library::Coverage> for Coverage {
    fn from(stored: library::Coverage) -> Self {
        Self {
            searched: stored.indexed,
            files: stored.indexed + stored.failed,
            failed: stored.failed,
            pages_without_text: stored.pages_without_text,
            words_alone: stored.words_alone,
        }
    }
}

impl From<library::GivenPassage> for Passage {
    fn from(stored: library::GivenPassage) -> Self {
        Self {
            rank: stored.rank,
            score: stored.score,
            document_id: stored.document_id.0,
            document: stored.document,
            title: stored.title,
            page_first: stored.page_first,
            page_last: stored.page_last,
            page_label_first: stored.page_label_first,
            page_label_last: stored.page_label_last,
            section: stored.section,
            text: stored.text,
        }
    }
}

impl From<library::Citation> for Citation {
    fn from(stored: library::Citation) -> Self {
        Self {
            marker: stored.marker,
            range: stored.range,
            document_id: stored.document_id.0,
            document: stored.document,
            title: stored.title,
            page: stored.page,
            page_label: stored.page_label,
            quote: stored.quote,
            facts: stored.facts,
            matched: stored.matched,
            support: stored.support,
            marked_right: stored.marked_right,
        }
    }
}

impl From<library::SecondOpinion> for SecondOpinion {
    fn from(stored: library::SecondOpinion) -> Self {
        Self {
            model: stored.model,
            opinions: stored.opinions.into_iter().map(Into::into).collect(),
            usage: stored.usage,
            milliseconds: stored.milliseconds,
        }
    }
}

impl Answer {
    /// A message as a shell shows it.
    pub(crate) fn of(
        conversation: ConversationId,
        id: MessageId,
        question: String,
        stored: Option<library::Answer>,
    ) -> Self {
        let Some(stored) = stored else { return Self::unreadable(conversation, id, question) };
        Self {
            conversation: conversation.0,
            message: id.0,
            question,
            filters: stored.filters,
            standalone: stored.standalone,
            earlier: stored
                .earlier
                .map(|earlier| Earlier { summary: earlier.summary, until: earlier.until.0 }),
            answer: stored.text,
            nothing: None,
            citations: stored.citations.into_iter().map(Into::into).collect(),
            uncited: stored.uncited,
            second_opinion: stored.opinion.map(Into::into),
            passages: stored.passages.into_iter().map(Into::into).collect(),
            coverage: stored.coverage.into(),
            usage: stored.usage,
            timings_ms: stored.timings.into(),
            reranking: stored.reranking,
            state: match stored.outcome {
                Outcome::Answered | Outcome::NotInDocuments => AnswerState::Complete,
                Outcome::Cut => AnswerState::Cut,
                Outcome::Stopped => AnswerState::Stopped,
                Outcome::BrokenOff => AnswerState::BrokenOff,
            },
            refused: stored.outcome == Outcome::NotInDocuments,
            error: stored.error.map(Into::into),
            model: stored.model,
            built_in: stored.built_in,
        }
    }

    fn unreadable(conversation: ConversationId, id: MessageId, question: String) -> Self {
        Self {
            conversation: conversation.0,
            message: id.0,
            question,
            filters: Vec::new(),
            standalone: None,
            earlier: None,
            answer: String::new(),
            nothing: None,
            citations: Vec::new(),
            uncited: Vec::new(),
            second_opinion: None,
            passages: Vec::new(),
            coverage: Coverage::default(),
            usage: Usage::default(),
            timings_ms: AnswerTimings::default(),
            reranking: None,
            state: AnswerState::Unreadable,
            refused: false,
            error: None,
            model: String::new(),
            built_in: false,
        }
    }
}
