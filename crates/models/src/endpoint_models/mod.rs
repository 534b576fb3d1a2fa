//! The models of an endpoint.

mod chat_model;
mod embedder;
mod harmony;
mod instructions;
mod reranker;
mod thinking;

pub use chat_model::EndpointChatModel;
pub use embedder::{DEFAULT_EMBEDDING_MODEL, EndpointEmbedder};
pub(crate) use instructions::of_model as instructions_of;
pub use instructions::{is_named_embedder, is_named_reranker};
pub use reranker::EndpointReranker;
