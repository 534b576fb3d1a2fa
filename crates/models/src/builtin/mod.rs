//! Models that need no network.

mod embedder;
mod features;

pub use embedder::BuiltinEmbedder;
