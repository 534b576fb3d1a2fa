//! Models that need no network.

mod answerer;
mod embedder;
mod features;
mod quotes;
mod statements;
mod wanted;

pub use answerer::BuiltinAnswerer;
pub use embedder::BuiltinEmbedder;
