//! The models of an endpoint.

mod chat_model;
mod embedder;
mod harmony;
mod instructions;
mod reranker;
mod thinking;

pub use chat_model::EndpointChatModel;
pub use embedder::{DEFAULT_EMBEDDING_MODEL, EndpointEmbedder};
pub use reranker::EndpointReranker;
