//! Follows the chat model while it writes.

use std::ops::Range;
use std::time::Instant;

use ::models::sources::REFUSAL;
use ::models::{ChatEvent, ChatModel, ChatPrompt, FinishReason, ModelError};
use answer::{AnswerReader, Evidence, Update};
use futures::StreamExt as _;
use library::{Citation, GivenPassage, Outcome, Support, TextRange, Usage};
use tokio_util::sync::CancellationToken;

use crate::api::AnswerEvent;
use crate::models::used;

/// What the model wrote.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) citations: Vec<Citation>,
    pub(super) uncited: Vec<TextRange>,
    pub(super) outcome: Outcome,
    /// What broke it off.
    pub(super) error: Option<ModelError>,
    pub(super) usage: Usage,
    pub(super) first_token: Option<Instant>,
}

/// Tells a shell what the model writes, piece by piece.
pub(super) struct Writer<'a, F> {
    reader: AnswerReader,
    passages: &'a [GivenPassage],
    on_event: &'a F,
    first_token: Option<Instant>,
}

impl<'a, F: Fn(AnswerEvent)> Writer<'a, F> {
    /// `passages` are those of the evidence, in the same order.
    pub(super) fn new(evidence: Vec<Evidence>, passages: &'a [GivenPassage], on_event: &'a F) -> Self {
        Self { reader: AnswerReader::new(evidence), passages, on_event, first_token: None }
    }

    /// Says that the documents hold no answer, as the model is told to say it.
    pub(super) fn refuse(mut self) -> Written {
        self.text(REFUSAL);
        self.written(Outcome::Answered, None, Usage::default())
    }

    /// Has the model write until it ends, breaks off, or is cancelled.
    ///
    /// # Errors
    /// One that came before any text: then there is nothing to keep.
    pub(super) async fn write(
        mut self,
        model: &dyn ChatModel,
        prompt: ChatPrompt,
        cancel: &CancellationToken,
    ) -> Result<Written, ModelError> {
        let stream = tokio::select! {
            stream = model.stream(prompt) => stream?,
            () = cancel.cancelled() => return Ok(self.written(Outcome::Stopped, None, Usage::default())),
        };
        // Dropping the stream ends the request.
        let mut events = std::pin::pin!(stream.take_until(cancel.cancelled()));
        while let Some(event) = events.next().await {
            match event {
                Ok(ChatEvent::Text(text)) => self.text(&text),
                Ok(ChatEvent::Reasoning(text)) => (self.on_event)(AnswerEvent::Reasoning { text }),
                Ok(ChatEvent::TextWasReasoning) => {
                    self.reader.start_again();
                    (self.on_event)(AnswerEvent::TextWasReasoning);
                }
                Ok(ChatEvent::Finished { reason, usage }) => {
                    let outcome =
                        if reason == FinishReason::Length { Outcome::Cut } else { Outcome::Answered };
                    return Ok(self.written(outcome, None, used(usage)));
                }
                Err(error) if self.first_token.is_none() => return Err(error),
                Err(error) => return Ok(self.written(Outcome::BrokenOff, Some(error), Usage::default())),
            }
        }
        Ok(self.written(Outcome::Stopped, None, Usage::default()))
    }

    fn text(&mut self, text: &str) {
        self.first_token.get_or_insert_with(Instant::now);
        let updates = self.reader.push(text);
        self.tell(updates);
    }

    fn tell(&self, updates: Vec<Update>) {
        for update in updates {
            (self.on_event)(match update {
                Update::Token(text) => AnswerEvent::Token { text },
                Update::Citation(found) => {
                    AnswerEvent::Citation { citation: citation(&found, self.passages).into() }
                }
                Update::Uncited(range) => AnswerEvent::Uncited { range: text_range(&range).into() },
            });
        }
    }

    fn written(mut self, outcome: Outcome, error: Option<ModelError>, usage: Usage) -> Written {
        let rest = self.reader.finish();
        self.tell(rest);
        Written {
            text: self.reader.text().to_owned(),
            citations: self.reader.citations().iter().map(|found| citation(found, self.passages)).collect(),
            uncited: self.reader.uncited().iter().map(text_range).collect(),
            outcome,
            error,
            usage,
            first_token: self.first_token,
        }
    }
}

fn text_range(range: &Range<u32>) -> TextRange {
    TextRange { start: range.start, end: range.end }
}

fn citation(found: &answer::Citation, passages: &[GivenPassage]) -> Citation {
    let passage = &passages[found.marker as usize - 1];
    Citation {
        marker: found.marker,
        range: text_range(&found.range),
        document_id: passage.document_id,
        document: passage.document.clone(),
        title: passage.title.clone(),
        page: found.page,
        quote: found.quote.clone(),
        support: Some(support(found.support)),
        marked_right: false,
    }
}

/// A grade as it is kept.
pub(super) fn support(grade: answer::Support) -> Support {
    match grade {
        answer::Support::Supported => Support::Supported,
        answer::Support::Partly => Support::Partly,
        answer::Support::Unsupported => Support::Unsupported,
    }
}
