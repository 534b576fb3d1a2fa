//! Nearest neighbours over ids and vectors: exact scan and HNSW, saved and checked.
//!
//! A [`VectorIndex`] keeps one byte a dimension of each vector, a quarter of what its owner stores. Its
//! similarities are therefore approximate: ask for [`oversampled`] candidates and rank them again with
//! [`similarity`](fn@similarity) over the vectors themselves.

mod code;
mod error;
mod graph;
mod index;
mod saved;
mod similarity;

pub use error::{LoadError, SaveError, VectorError};
pub use index::{GRAPH_FROM, Neighbour, VectorIndex, oversampled};
pub use saved::Origin;
pub use similarity::similarity;
