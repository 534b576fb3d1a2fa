//! Question to passages to prompt to streamed answer to checked citations.

mod bearing;
mod citation;
mod evidence;
mod history;
mod opinion;
mod packing;
mod prompt;
mod reader;
mod retrieval;

pub use bearing::bear_on;
pub use citation::{Checked, Support, check};
pub use evidence::{Evidence, title};
pub use history::{Exchange, History, carried_over, standalone_prompt, standalone_question, summary_prompt};
pub use opinion::{CitedSentence, Opinion, opinion_prompt, opinions};
pub use packing::{pack, written_tokens};
pub use prompt::{location, picture_prompt, prompt};
pub use reader::{AnswerReader, Citation, Update, cited_sentences, without_markers};
pub use retrieval::{ChatReranker, Found, Retrieved, Retriever, Steps, Trace};

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
    #[error("The search stopped because of a fault in Footnote. Try again.")]
    Crashed,
}
