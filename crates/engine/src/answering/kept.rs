//! A part of an answer as it is kept, and as a shell is told of it.

use std::ops::Range;

use ::answer::{Progress, Update};
use library::{Citation, TextRange};

use crate::api::AnswerEvent;
use crate::overview::text;
use crate::searching::given;

impl From<Progress> for AnswerEvent {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Standalone(question) => Self::Standalone { question },
            Progress::Passages(passages) => {
                Self::Passages { passages: given(&passages).into_iter().map(Into::into).collect() }
            }
            Progress::Reasoning(text) => Self::Reasoning { text },
            Progress::TextWasReasoning => Self::TextWasReasoning,
            Progress::Update(Update::Token(text)) => Self::Token { text },
            Progress::Update(Update::Citation(found)) => Self::Citation { citation: citation(&found).into() },
            Progress::Update(Update::Uncited(range)) => Self::Uncited { range: text_range(&range) },
        }
    }
}

pub(super) fn text_range(range: &Range<u32>) -> TextRange {
    TextRange { start: range.start, end: range.end }
}

pub(super) fn citation(found: &answer::Citation) -> Citation {
    Citation {
        marker: found.marker,
        range: text_range(&found.range),
        document_id: found.document,
        document: text(&found.path),
        title: found.title.clone(),
        page: found.page,
        page_label: found.page_label.clone(),
        quote: found.quote.clone(),
        facts: Some(found.facts.clone()),
        matched: found.matched,
        support: None,
        marked_right: false,
    }
}
