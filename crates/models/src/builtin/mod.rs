//! Models that need no network.

mod answerer;
mod embedder;

pub use answerer::BuiltinAnswerer;
pub use embedder::BuiltinEmbedder;
