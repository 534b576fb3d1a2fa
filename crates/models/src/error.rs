//! What can go wrong with a model.

use endpoint::ErrorKind;

/// Why a model gave no answer, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The endpoint failed; its error says how, whose fault it is likely to be and what to do.
    #[error(transparent)]
    Endpoint(#[from] endpoint::Error),
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
    /// A vector of zeros points nowhere.
    #[error(
        "The embedding model {model} gave a vector of zeros. Probably it is no embedding model: choose another."
    )]
    ZeroVector {
        /// The model's name.
        model: String,
    },
}

impl ModelError {
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
