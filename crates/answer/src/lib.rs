//! Question to passages to prompt to streamed answer to checked citations.

mod answerer;
mod citation;
mod evidence;
mod history;
mod opinion;
mod packing;
mod prompt;
mod reader;
mod refusal;
mod retrieval;
mod run;
mod sources;

pub use answerer::{Answerer, PromptedAnswerer, QuotingAnswerer, Written, WrittenStream};
pub use citation::{Checked, check};
pub use evidence::{Evidence, title};
pub use history::{Exchange, History};
pub use opinion::{CitedQuote, Statement, Verdict, opinion_prompt, verdicts};
pub use packing::pack;
pub use prompt::picture_prompt;
pub use reader::{AnswerReader, Citation, CitedSentence, Update, cited_sentences, without_markers};
pub use retrieval::{
    ChatReranker, Explained, ExplainedPart, Found, Part, Retrieved, Retriever, Standing, Steps, Trace,
};
pub use run::{Answer, Event, Outcome, Progress, Question, answer};

/// Why a question got no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The library cannot be read.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// A model failed.
    #[error(transparent)]
    Model(#[from] models::ModelError),
    /// A fault of ours.
    #[error("the search ended in the midst of its work")]
    Crashed,
}
