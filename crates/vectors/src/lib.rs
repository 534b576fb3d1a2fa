//! Nearest neighbours over ids and vectors: exact scan and HNSW, in segments that are mapped from files.
//!
//! A [`VectorIndex`] keeps one byte a dimension of each vector, less than its owner stores. Its similarities are
//! therefore approximate: ask for [`oversampled`] candidates and rank them again with [`similarity`](fn@similarity) over
//! the vectors themselves.
//!
//! New vectors are held in memory and scanned. [`VectorIndex::plan`] says what of them (and of what was removed) is worth
//! writing, [`Plan::write`] writes segments while searches go on, and [`VectorIndex::adopt`] puts them in place.

mod code;
mod codes;
mod error;
mod graph;
mod index;
mod manifest;
mod mapped;
mod nearest;
mod part;
mod saving;
mod segment;
mod similarity;
mod walk;

pub use error::{DamagedSegment, LoadError, SaveError, VectorError};
pub use index::{GRAPH_FROM, VectorIndex, oversampled};
pub use manifest::Origin;
pub use nearest::Neighbour;
pub use saving::{Lost, Plan, Written};
pub use similarity::similarity;
