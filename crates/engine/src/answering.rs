//! Answers to questions.

mod conversation;
mod opinion;
mod picture;
mod writing;

use std::time::Instant;

use ::models::sources::REFUSAL;
use answer::{AnswerError, Evidence, Retrieved, bear_on, pack, prompt, written_tokens};
use library::{GivenPassage, Library, Outcome, Timings, Usage};

use crate::Engine;
use crate::api::{Answer, AnswerEvent, ApiError, AskRequest};
use crate::errors::api_error;
use crate::scope::{Scoped, scoped};
use crate::searching::{given, milliseconds};
use conversation::standalone;
pub(crate) use picture::shown_picture;
use writing::{Writer, Written};

/// How many passages are looked at to fill the prompt.
const RETRIEVED: usize = 24;

/// What goes into the prompt.
struct Grounds {
    evidence: Vec<Evidence>,
    /// The same as it is kept, in the same order.
    passages: Vec<GivenPassage>,
    /// Whether any of it bears on the question.
    bear_on_it: bool,
}

impl Engine {
    /// Answers a question from the library. The last event is `Done` or `Error`; what an endpoint sent before it
    /// broke off is kept and comes with `Done`.
    pub async fn ask(&self, request: AskRequest, on_event: impl Fn(AnswerEvent) + Send + Sync) {
        let last = match self.answer(request, &on_event).await {
            Ok(answer) => AnswerEvent::Done { answer: Box::new(answer) },
            Err(error) => AnswerEvent::Error { error },
        };
        on_event(last);
    }

    async fn answer(
        &self,
        request: AskRequest,
        on_event: &(impl Fn(AnswerEvent) + Send + Sync),
    ) -> Result<Answer, ApiError> {
        let started = Instant::now();
        let cancel = self.answering.token();
        let Scoped { question, scope, filters } = scoped(&request.question, &request.place)?;
        if question.is_empty() {
            return Err(ApiError::request("The question is empty. Type what you want to know."));
        }
        let models = self.models_with(request.chat_model.as_deref());
        let before = self.before(request.conversation, &models, &cancel).await?;
        let (standalone, usage) = match request.standalone {
            Some(corrected) => (corrected.trim().to_owned(), Usage::default()),
            None => standalone(&question, &before.history, &models, &cancel).await,
        };
        if standalone != question {
            on_event(AnswerEvent::Standalone { question: standalone.clone() });
        }
        let found = self.retriever(&models).retrieve(&standalone, &scope, RETRIEVED).await;
        let found = found.map_err(|error| api_error(&error))?;
        let reranking = models.reranking(&found);
        let Grounds { evidence, passages, bear_on_it } =
            self.grounds(standalone.clone(), found, models.chat.context_tokens()).await?;
        on_event(AnswerEvent::Passages { passages: passages.iter().cloned().map(Into::into).collect() });
        let retrieved = started.elapsed();

        let prompt =
            prompt(&standalone, &evidence, &before.history, written_tokens(models.chat.context_tokens()));
        let writer = Writer::new(evidence, &passages, on_event);
        let written = if bear_on_it {
            writer.write(models.chat.as_ref(), prompt, &cancel).await.map_err(|error| api_error(&error))?
        } else {
            writer.refuse()
        };
        let Written { text, citations, uncited, outcome, error, usage: written, first_token } = written;

        let is_refusal = outcome == Outcome::Answered && text.trim() == REFUSAL;
        let answer = library::Answer {
            outcome: if is_refusal { Outcome::NotInDocuments } else { outcome },
            text,
            standalone: (standalone != question).then_some(standalone),
            filters,
            model: models.chat.name().to_owned(),
            built_in: models.built_in(),
            usage: models.priced(before.usage + usage + written),
            timings: Timings {
                retrieved: milliseconds(retrieved),
                first_token: milliseconds(first_token.map_or(started.elapsed(), |first| first - started)),
                total: milliseconds(started.elapsed()),
            },
            coverage: self.read(move |library| library.coverage(&scope)).await?,
            reranking,
            error: error.map(|error| api_error(&error).into()),
            earlier: before.earlier,
            passages,
            citations,
            uncited,
            opinion: None,
        };
        self.keep(request.conversation, request.question.trim().to_owned(), answer).await
    }

    async fn grounds(
        &self,
        question: String,
        found: Retrieved,
        context_tokens: usize,
    ) -> Result<Grounds, ApiError> {
        self.read(move |library| {
            let packed = pack(found.passages, context_tokens);
            let passages =
                (1..).zip(&packed).map(|(rank, (found, score))| given(rank, found, *score)).collect();
            let packed: Vec<_> = packed.into_iter().map(|(passage, _)| passage).collect();
            let bear_on_it = bear_on(library, &question, &packed)?;
            Ok(Grounds { evidence: Evidence::of(library, packed)?, passages, bear_on_it })
        })
        .await
    }

    /// Reads or writes the library off the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Library) -> Result<T, library::Error> + Send + 'static,
    ) -> Result<T, ApiError> {
        let library = std::sync::Arc::clone(&self.library);
        let result = tokio::task::spawn_blocking(move || read(&library)).await;
        result.map_err(|_| api_error(&AnswerError::Crashed))?.map_err(|error| api_error(&error))
    }
}
