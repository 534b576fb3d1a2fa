//! Models that need no network.

mod answerer;
mod embedder;
mod features;

pub use answerer::BuiltinAnswerer;
pub use embedder::BuiltinEmbedder;
