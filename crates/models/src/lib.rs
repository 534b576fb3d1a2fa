//! Embedder and ChatModel: the models of an endpoint, and built-in ones that need no network.

pub mod builtin;
mod chat;
mod embedder;
mod error;
pub mod sources;

pub use chat::{ChatEvent, ChatModel, ChatPrompt, ChatStream, FinishReason, Message, Role, Usage};
pub use embedder::{Embedder, EmbeddingSpace};
pub use error::ModelError;
