//! What can go wrong with an index, in memory and on disk.

use std::io;
use std::path::PathBuf;

/// Why a vector was not taken in or not searched for.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// The vector is of another length than those of the index.
    #[error("a vector of {received} dimensions met an index of {expected}; use one embedding model for both")]
    Dimensions {
        /// What the index holds.
        expected: usize,
        /// What was handed in.
        received: usize,
    },
    /// A value of the vector is infinite or not a number.
    #[error("a vector holds a value that is not a finite number; embed its text again")]
    NotFinite,
    /// Slots are counted in 32 bits.
    #[error("the index is full: it cannot hold more than {} vectors", u32::MAX)]
    Full,
}

/// Why an index was not read from disk. After any of these it is to be built again from the vectors.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing was saved there.
    #[error("no index is saved in {}", .0.display())]
    Missing(PathBuf),
    /// It was saved by another version or platform, or for other vectors.
    #[error("the index in {} was saved for {found}, not for {expected}", .directory.display())]
    Foreign {
        /// Where it is.
        directory: PathBuf,
        /// What was asked for.
        expected: String,
        /// What is there.
        found: String,
    },
    /// Its bytes are not those that were saved.
    #[error("{} is damaged: {reason}", .file.display())]
    Damaged {
        /// The file that gave it away.
        file: PathBuf,
        /// How it was noticed.
        reason: String,
    },
    /// The file system refused.
    #[error("{} could not be read", .file.display())]
    Read {
        /// The file asked for.
        file: PathBuf,
        /// Its answer.
        source: io::Error,
    },
}

/// Why an index was not written to disk. What was saved there before still stands.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file system refused.
    #[error("{} could not be written; check the free space and the rights of its folder", .file.display())]
    Write {
        /// The file to be written.
        file: PathBuf,
        /// Its answer.
        source: io::Error,
    },
    /// The graph's own writer failed.
    #[error("the graph could not be written to {}; check the free space and the rights of that folder", .directory.display())]
    Graph {
        /// Where it was to go.
        directory: PathBuf,
    },
}
