//! A person's own word on a citation.

use library::MessageId;

use crate::Engine;
use crate::api::{ApiError, MarkRequest, RequestError};
use crate::overview::saturating;

impl Engine {
    /// Keeps with a stored answer whether one of its citations was right. What is right is known from then on:
    /// retrieval can be measured by it ([`Engine::answered_questions`]).
    ///
    /// # Errors
    /// The answer is gone or has no such citation, or the library cannot be written.
    pub async fn mark_citation(&self, request: MarkRequest) -> Result<(), ApiError> {
        let id = MessageId(request.message);
        let (_, answer) = self.answered(id).await?;
        let citations = saturating(answer.citations.len());
        if request.citation >= citations {
            return Err(RequestError::NoSuchCitation { citations }.into());
        }
        self.with_library(move |library| library.mark_citation(id, request.citation, request.right)).await
    }
}
