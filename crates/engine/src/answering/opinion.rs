//! A second opinion on the citations of an answer.

use std::time::Instant;

use ::answer::{
    AnswerError, CitedQuote, CitedSentence, Statement, Verdict, cited_sentences, opinion_prompt, verdicts,
};
use ::models::{ChatModel, Judgement, LocalVerifier, ModelError, Relation, Usage};
use library::{ConversationId, MessageId, Opinion, Support};
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{
    Answer, AnswerEvent, AnswerState, ApiError, AskRequest, Citation, OpinionRequest, Passage, RequestError,
    Role, SecondOpinion, SecondOpinions,
};
use crate::models::{Judge, Models, used};
use crate::overview::saturating;
use crate::searching::milliseconds;

impl Engine {
    /// Asks a model how far the sentences of an answer are carried by what they cite, and keeps what it says with the answer.
    ///
    /// # Errors
    /// No model judges, the answer is gone or cites nothing, the model fails, or the library cannot be written.
    pub async fn second_opinion(&self, request: OpinionRequest) -> Result<SecondOpinion, ApiError> {
        let models = self.models_with(request.chat_model.as_deref());
        let id = MessageId(request.message);
        let (question, answer) = self.answered(id).await?;
        let answer = Answer::of(ConversationId(0), id, question, Some(answer));
        let stoppable = self.requests.begin(request.id);
        let opinion = self.opinion(&answer, &models, &stoppable.token()).await?;
        opinion.ok_or_else(|| RequestError::OpinionStopped.into())
    }

    /// An answer with a second opinion on it, where one is asked for each time. What keeps it from coming is told.
    pub(super) async fn with_opinion(
        &self,
        request: &AskRequest,
        mut answer: Answer,
        cancel: &CancellationToken,
        on_event: &(impl Fn(AnswerEvent) + Send + Sync),
    ) -> Answer {
        let models = self.models_with(request.chat_model.as_deref());
        let is_whole = matches!(answer.state, AnswerState::Complete | AnswerState::Cut);
        let is_wanted = models.second_opinions == SecondOpinions::Always && models.judge.is_some();
        if is_wanted && is_whole && !answer.citations.is_empty() {
            on_event(AnswerEvent::AskingOpinion { answer: Box::new(answer.clone()) });
            match self.opinion(&answer, &models, cancel).await {
                Ok(opinion) => answer.second_opinion = opinion,
                Err(error) => on_event(AnswerEvent::NoOpinion { error }),
            }
        }
        answer
    }

    /// What the model that judges thinks of an answer, kept with it; `None` where the asking was stopped.
    async fn opinion(
        &self,
        answer: &Answer,
        models: &Models,
        cancel: &CancellationToken,
    ) -> Result<Option<SecondOpinion>, ApiError> {
        let Some(judge) = &models.judge else {
            return Err(RequestError::NoJudge.into());
        };
        if answer.citations.is_empty() {
            return Err(RequestError::NothingCited.into());
        }
        let asking = ask(judge, answer, models);
        let Some(opinion) = cancel.run_until_cancelled(asking).await.transpose()? else {
            return Ok(None);
        };
        let shown = opinion.clone().into();
        // An answer that is nowhere has no id.
        if answer.message != 0 {
            let id = MessageId(answer.message);
            self.with_library(move |library| library.keep_opinion(id, &opinion)).await?;
        }
        Ok(Some(shown))
    }
}

async fn ask(judge: &Judge, answer: &Answer, models: &Models) -> Result<library::SecondOpinion, ApiError> {
    let started = Instant::now();
    let cited =
        cited_sentences(&answer.answer).into_iter().filter_map(|CitedSentence { sentence, citations }| {
            let quotes = answer.citations.get(citations.clone())?.iter();
            let cited = quotes.map(|citation| cited_quote(citation, &answer.passages)).collect();
            Some((citations.end - 1, Statement { sentence, cited }))
        });
    let (last_citations, statements): (Vec<usize>, Vec<Statement>) = cited.unzip();
    let judged = match judge {
        Judge::Chat(chat) => judged_at_once(chat.as_ref(), &statements).await,
        Judge::Verifier(model) => judged_one_by_one(model, &statements).await,
    };
    let (verdicts, usage) = judged.map_err(AnswerError::Model)?;
    let model = match judge {
        Judge::Chat(chat) => chat.name(),
        Judge::Verifier(model) => model.name(),
    };
    Ok(library::SecondOpinion {
        model: model.to_owned(),
        opinions: last_citations
            .into_iter()
            .zip(verdicts)
            .map(|(citation, verdict)| kept(citation, verdict))
            .collect(),
        usage: models.priced(Role::Judge, used(usage)),
        milliseconds: Some(milliseconds(started.elapsed())),
    })
}

/// The verdicts on all statements, and what they took.
type Judged = Result<(Vec<Option<Verdict>>, Usage), ModelError>;

async fn judged_at_once(chat: &dyn ChatModel, statements: &[Statement]) -> Judged {
    let reply = chat.reply(opinion_prompt(statements, chat.context_tokens())).await?;
    Ok((verdicts(&reply.text, statements.len()), reply.usage))
}

async fn judged_one_by_one(model: &LocalVerifier, statements: &[Statement]) -> Judged {
    let mut verdicts = Vec::new();
    for statement in statements {
        let judgement = model.judge(statement.premise(), statement.sentence.clone()).await?;
        verdicts.push(Some(verdict(&judgement)));
    }
    Ok((verdicts, Usage::default()))
}

/// What sources leave open, they do not carry. The reason is the model's own label.
fn verdict(judgement: &Judgement) -> Verdict {
    let support = match judgement.relation {
        Relation::Entailment => Support::Supported,
        Relation::Neutral | Relation::Contradiction => Support::Unsupported,
    };
    let reason = format!("{}, {:.0} %", judgement.label, judgement.probability * 100.0);
    Verdict { support, reason }
}

fn cited_quote(citation: &Citation, passages: &[Passage]) -> CitedQuote {
    let passage = passages.iter().find(|passage| passage.rank == citation.marker);
    CitedQuote {
        title: citation.title.clone(),
        page: citation.page,
        section: passage.map(|passage| passage.section.clone()).unwrap_or_default(),
        quote: citation.quote.clone(),
        passage: passage.map(|passage| passage.text.clone()).unwrap_or_default(),
    }
}

fn kept(citation: usize, verdict: Option<Verdict>) -> Opinion {
    let (support, reason) =
        verdict.map_or((None, String::new()), |verdict| (Some(verdict.support), verdict.reason));
    Opinion { citation: saturating(citation), support, reason }
}

#[cfg(test)]
mod tests;
