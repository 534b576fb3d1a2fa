//! What can go wrong with a model.

use endpoint::ErrorKind;
use inference::InferenceError;

/// Why a model gave no answer, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The endpoint failed; its error says how, whose fault it is likely to be and what to do.
    #[error(transparent)]
    Endpoint(#[from] endpoint::Error),
    /// A model that runs in this process failed.
    #[error(transparent)]
    Inference(#[from] InferenceError),
    /// A fault of Footnote.
    #[error("A model in this process ended in the midst of its work. Try again.")]
    Crashed,
    /// Vectors of different lengths cannot be compared.
    #[error(
        "The embedding model {model} gave vectors of {expected} numbers before and gives {received} now. Probably \
         the endpoint serves another model under its name: check the endpoint, then index again."
    )]
    DimensionsChanged {
        /// The model's name.
        model: String,
        /// Length of the vectors so far.
        expected: usize,
        /// Length of the vector just received.
        received: usize,
    },
    /// A text that is not whole is none.
    #[error("{model} did not write the page to its end. Choose a model that writes more.")]
    CutOff {
        /// The model's name.
        model: String,
    },
    /// The model came to its end, but not to an answer.
    #[error("{model} {instead}")]
    NoAnswer {
        /// The model's name.
        model: String,
        /// What came in its place.
        instead: Instead,
    },
    /// A filter ended the answer; what came before it stays valid.
    #[error(
        "The endpoint's content filter ended what {model} wrote. Ask in other words, or choose another model."
    )]
    Filtered {
        /// The model's name.
        model: String,
    },
    /// The model said that it does not answer.
    #[error("{model} declined to answer. Ask in other words, or choose another model.")]
    Declined {
        /// The model's name.
        model: String,
        /// How it said so. May quote the question: never log it.
        words: String,
    },
    /// A vector of zeros points nowhere.
    #[error(
        "The embedding model {model} gave a vector of zeros. Probably it is no embedding model: choose another."
    )]
    ZeroVector {
        /// The model's name.
        model: String,
    },
}

/// What came in the place of an answer, as the end of a sentence that begins with the model's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Instead {
    /// Nothing.
    #[error("ended its answer before it wrote a word. Ask again; if it stays silent, choose another model.")]
    Nothing,
    /// Thinking.
    #[error("thought, but wrote no answer. Ask again, or choose another model.")]
    Thinking,
    /// As many tokens as it may write, with thinking or nothing in them.
    #[error(
        "used up its tokens before it wrote an answer. Choose a model that thinks less, or one with a larger context."
    )]
    AllTokens,
    /// The call of a tool.
    #[error(
        "asked for a tool in place of answering. Choose another model, or turn its tools off at the endpoint."
    )]
    ToolCall,
}

impl ModelError {
    /// Whether a model of this process cannot be loaded or run, so that it is as good as missing.
    #[must_use]
    pub fn cannot_run_here(&self) -> bool {
        matches!(self, Self::Inference(error) if !matches!(error, InferenceError::Cancelled))
    }

    /// Whether the endpoint may embed another text. A text can break a server, and a guard before it may take one
    /// for an attack.
    pub(crate) fn may_be_of_one_text(&self) -> bool {
        match self {
            Self::ZeroVector { .. } => true,
            Self::Endpoint(error) => matches!(
                error.kind(),
                ErrorKind::Forbidden
                    | ErrorKind::ContextTooLong
                    | ErrorKind::InputTooLong
                    | ErrorKind::TooManyInputs
                    | ErrorKind::InvalidRequest
                    | ErrorKind::ServerFailed
                    | ErrorKind::BrokenOff
                    | ErrorKind::EmptyAnswer
                    | ErrorKind::Protocol(_)
            ),
            _ => false,
        }
    }

    /// Whether another prompt may do better. Where the endpoint cannot be reached, or refuses key, model or manner of
    /// the call, none does.
    #[must_use]
    pub fn may_be_of_one_prompt(&self) -> bool {
        let Self::Endpoint(error) = self else { return true };
        matches!(
            error.kind(),
            ErrorKind::TimedOut(_)
                | ErrorKind::ContextTooLong
                | ErrorKind::InputTooLong
                | ErrorKind::ServerFailed
                | ErrorKind::BrokenOff
                | ErrorKind::EmptyAnswer
                | ErrorKind::Protocol(_)
        )
    }
}
