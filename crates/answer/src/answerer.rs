//! What writes an answer from passages.

mod prompted;
mod quoting;

use async_trait::async_trait;
use futures::stream::BoxStream;
use models::{FinishReason, ModelError, Usage};

use crate::{Evidence, History};

pub use prompted::PromptedAnswerer;
pub use quoting::QuotingAnswerer;

/// Writes answers to questions, from passages alone.
#[async_trait]
pub trait Answerer: Send + Sync {
    /// As a person should see it.
    fn name(&self) -> &str;

    /// How many tokens of passages, conversation and answer it takes together.
    fn context_tokens(&self) -> usize;

    /// What was said before, so much shorter that it can be told to the model again, with what that took.
    async fn fold(&self, history: History) -> (History, Usage) {
        (history, Usage::default())
    }

    /// The question as it can be searched for without what was said before it, with what that took.
    async fn standalone(&self, question: &str, history: &History) -> (String, Usage);

    /// Starts an answer that cites the evidence by its place in it, counted from 1, as `[n]`. Dropping the stream ends
    /// the work at once.
    ///
    /// A stream that ends well has exactly one [`Written::Finished`], as its last item; one that breaks off has the
    /// error as its last item, and what came before it stays valid.
    ///
    /// # Errors
    /// Whatever kept the answer from starting.
    async fn answer(
        &self,
        question: &str,
        evidence: &[Evidence],
        history: &History,
    ) -> Result<WrittenStream, ModelError>;
}

/// An answer as it is written.
pub type WrittenStream = BoxStream<'static, Result<Written, ModelError>>;

/// A piece of an answer as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// A piece of the model's thinking; not part of the answer.
    Reasoning(String),
    /// A piece of the answer.
    Text(String),
    /// All text so far was thinking, not answer.
    TextWasReasoning,
    /// The passages do not answer the question.
    Refused,
    /// The end.
    Finished {
        /// Why it ends here.
        reason: FinishReason,
        /// What the answer took.
        usage: Usage,
    },
}
