//! What can go wrong with a model.

/// Why a model gave no answer, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The endpoint failed; its error says how, whose fault it is likely to be and what to do.
    #[error(transparent)]
    Endpoint(#[from] endpoint::Error),
}
