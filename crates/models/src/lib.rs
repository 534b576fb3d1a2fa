//! Embedder, ChatModel and Reranker: the models of an endpoint, and those that run in this process.

mod chat;
mod embedder;
mod endpoint_models;
mod error;
mod installing;
mod local;
mod reranker;
mod transcription;

pub use chat::{
    ChatEvent, ChatModel, ChatPrompt, ChatStream, FinishReason, Message, Picture, Reply, Role, Usage,
};
pub use embedder::{Embedded, Embedder, Urgency};
pub use endpoint_models::{
    DEFAULT_EMBEDDING_MODEL, EndpointChatModel, EndpointEmbedder, EndpointReranker, is_named_embedder,
    is_named_reranker,
};
pub use error::{Instead, ModelError};
pub use inference::{InferenceError, Judgement, Relation};
pub use installing::{
    Fetched, InstallError, Installer, OFFERS, Offer, PresentModel, Purpose, present_models,
};
pub use local::{LocalEmbedder, LocalReranker, LocalVerifier};
pub use reranker::{Ranking, Reranker};
pub use transcription::transcribe;
