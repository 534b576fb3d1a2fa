//! Answers to questions.

mod conversation;
mod kept;
mod opinion;
mod picture;
mod unkept;

use std::pin::pin;

use ::answer::{AnswerError, Event, History, Outcome, Question};
use futures::StreamExt as _;
use library::Timings;
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{AnswerEvent, ApiError, AskRequest, RequestError, Role};
use crate::models::used;
use crate::scope::Scoped;
use crate::searching::{given, milliseconds};
use kept::{citation, text_range};
pub(crate) use picture::shown_picture;

impl Engine {
    /// Answers a question from the library. The last event is `Done` or `Error`; what an endpoint sent before it
    /// broke off is kept and comes with `Done`.
    pub async fn ask(&self, request: AskRequest, on_event: impl Fn(AnswerEvent) + Send + Sync) {
        let stoppable = self.requests.begin(request.id.clone());
        let answered = async {
            let history = self.history(request.conversation).await?;
            let answer = self.answer(&request, history, stoppable.token(), &on_event).await?;
            let answer = self.keep(request.conversation, request.question.trim().to_owned(), answer).await?;
            let answer = self.explained(&request, answer).await?;
            Ok(self.with_opinion(&request, answer, &stoppable.token(), &on_event).await)
        };
        let last = match answered.await {
            Ok(answer) => AnswerEvent::Done { answer: Box::new(answer) },
            Err(error) => AnswerEvent::Error { error },
        };
        on_event(last);
    }

    async fn answer(
        &self,
        request: &AskRequest,
        history: History,
        cancel: CancellationToken,
        on_event: &(impl Fn(AnswerEvent) + Send + Sync),
    ) -> Result<library::Answer, ApiError> {
        let Scoped { question, scope, filters } = self.scoped(&request.question, &request.place).await?;
        if question.is_empty() {
            return Err(RequestError::QuestionEmpty.into());
        }
        let models = self.models_with(request.chat_model.as_deref());
        let asked = Question {
            text: question,
            standalone: request.standalone.as_ref().map(|corrected| corrected.trim().to_owned()),
            scope: scope.clone(),
            history,
        };
        let retriever = self.retriever(&models).await?;
        let mut events = pin!(answer::answer(retriever, models.answerer.clone(), asked, cancel));
        let answered = loop {
            match events.next().await {
                Some(Event::Done(answered)) => break answered?,
                Some(Event::Progress(progress)) => on_event(progress.into()),
                None => return Err(AnswerError::Crashed.into()),
            }
        };
        let (outcome, error) = match answered.outcome {
            Outcome::Complete => (library::Outcome::Answered, None),
            Outcome::Refused => (library::Outcome::NotInDocuments, None),
            Outcome::Cut => (library::Outcome::Cut, None),
            Outcome::Stopped => (library::Outcome::Stopped, None),
            Outcome::BrokenOff(error) => (library::Outcome::BrokenOff, Some(ApiError::from(error).into())),
        };
        let coverage = self.with_library(move |library| library.coverage(&scope)).await?;
        Ok(library::Answer {
            outcome,
            text: answered.text,
            standalone: answered.standalone,
            filters,
            model: models.answerer.name().to_owned(),
            built_in: models.built_in(),
            usage: models.priced(Role::Write, used(answered.usage)),
            timings: Timings {
                retrieved: milliseconds(answered.retrieved),
                first_token: milliseconds(answered.first_token),
                total: milliseconds(answered.total),
            },
            coverage: library::Coverage { words_alone: answered.words_alone, ..coverage },
            reranking: answered.reranking.map(|(took, usage)| models.reranking(took, usage)),
            error,
            earlier: answered.earlier,
            passages: given(&answered.passages),
            citations: answered.citations.iter().map(citation).collect(),
            uncited: answered.uncited.iter().map(text_range).collect(),
            opinion: None,
        })
    }
}
