//! What can go wrong with a model.

use endpoint::ErrorKind;
use inference::InferenceError;

/// Why a model gave no answer, or not all of it. `Display` is for developers.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The endpoint failed; its error says how, whose fault it is likely to be and what to do.
    #[error(transparent)]
    Endpoint(#[from] endpoint::Error),
    /// A model that runs in this process failed.
    #[error(transparent)]
    Inference(#[from] InferenceError),
    /// A fault of Footnote.
    #[error("a model in this process ended in the midst of its work")]
    Crashed,
    /// Vectors of different lengths cannot be compared.
    #[error("{model} gave {received} numbers after {expected}")]
    DimensionsChanged {
        /// The model's name.
        model: String,
        /// Length of the vectors so far.
        expected: usize,
        /// Length of the vector just received.
        received: usize,
    },
    /// A text that is not whole is none.
    #[error("{model} was cut off")]
    CutOff {
        /// The model's name.
        model: String,
    },
    /// The model came to its end, but not to an answer.
    #[error("{model} gave no answer: {instead:?}")]
    NoAnswer {
        /// The model's name.
        model: String,
        /// What came in its place.
        instead: Instead,
    },
    /// A filter ended the answer; what came before it stays valid.
    #[error("the content filter ended what {model} wrote")]
    Filtered {
        /// The model's name.
        model: String,
    },
    /// The model said that it does not answer.
    #[error("{model} declined")]
    Declined {
        /// The model's name.
        model: String,
        /// How it said so. May quote the question: never log it.
        words: String,
    },
    /// A vector of zeros points nowhere.
    #[error("{model} gave a vector of zeros")]
    ZeroVector {
        /// The model's name.
        model: String,
    },
}

/// What came in the place of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Nothing.
    Nothing,
    /// Thinking.
    Thinking,
    /// As many tokens as it may write, with thinking or nothing in them.
    AllTokens,
    /// The call of a tool.
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

    /// Whether the endpoint may do the very same a moment later.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        let Self::Endpoint(error) = self else { return false };
        matches!(
            error.kind(),
            ErrorKind::ServerFailed | ErrorKind::BrokenOff | ErrorKind::EmptyAnswer | ErrorKind::Protocol(_)
        )
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
