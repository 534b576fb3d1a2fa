//! A second opinion on the citations of a stored answer.

use ::answer::{
    AnswerError, CitedSentence, PromptSource, cited_sentences, location, opinion_prompt, opinions,
};
use library::{GivenPassage, MessageId, Opinion};

use super::kept::support;
use crate::Engine;
use crate::api::{ApiError, ErrorCode, OpinionRequest, SecondOpinion};
use crate::endpoints::unset;
use crate::models::used;

impl Engine {
    /// Asks a chat model once how far the sources carry the sentences that cite them, and keeps what it says with
    /// the answer.
    ///
    /// # Errors
    /// No endpoint is set, the answer is gone or cites nothing, the model fails or says nothing that can be read, or
    /// the library cannot be written.
    pub async fn second_opinion(&self, request: OpinionRequest) -> Result<SecondOpinion, ApiError> {
        let models = self.models_with(request.chat_model.as_deref());
        let Some(chat) = &models.chat else {
            return Err(unset("The built-in model has no opinion. Set an endpoint first."));
        };
        let id = MessageId(request.message);
        let (_, answer) = self.answered(id).await?;
        let cited = cited_sentences(&answer.text);
        if cited.is_empty() {
            return Err(ApiError::request("This answer cites nothing that could be checked."));
        }
        let prompt = opinion_prompt(&cited, &sources(&cited, &answer.passages));
        let stoppable = self.requests.begin(request.id);
        let Some(reply) = stoppable.token().run_until_cancelled(chat.reply(prompt)).await else {
            return Err(ApiError::request("The second opinion was stopped."));
        };
        let reply = reply.map_err(AnswerError::Model)?;
        let opinions = opinions(&reply.text, cited.len());
        if opinions.is_empty() {
            let message = format!("{} gave no opinion that can be read. Try another model.", chat.name());
            return Err(ApiError { code: ErrorCode::Endpoint, message });
        }
        let opinion = library::SecondOpinion {
            model: chat.name().to_owned(),
            opinions: opinions.into_iter().filter_map(kept).collect(),
            usage: models.priced(used(reply.usage)),
        };
        let shown = opinion.clone().into();
        self.with_library(move |library| library.keep_opinion(id, &opinion)).await?;
        Ok(shown)
    }
}

/// The cited passages, each once.
fn sources(cited: &[CitedSentence], passages: &[GivenPassage]) -> Vec<PromptSource> {
    let is_cited = |passage: &&GivenPassage| cited.iter().any(|cited| cited.marker == passage.rank);
    passages
        .iter()
        .filter(is_cited)
        .map(|passage| PromptSource {
            number: passage.rank,
            title: passage.title.clone(),
            location: Some(location(passage.page_first, passage.page_last)),
            section: Some(passage.section.clone()).filter(|section| !section.is_empty()),
            text: passage.text.clone(),
        })
        .collect()
}

fn kept(opinion: answer::Opinion) -> Option<Opinion> {
    Some(Opinion {
        citation: u32::try_from(opinion.citation).ok()?,
        support: support(opinion.support),
        reason: opinion.reason,
    })
}
