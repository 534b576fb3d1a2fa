//! What can go wrong with an index, in memory and on disk.

use std::io;
use std::path::PathBuf;

/// A segment whose bytes are not those that were written. [`crate::VectorIndex::discard`] it, and hand in its vectors again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} is damaged: its bytes are not those that were written", .file.display())]
pub struct DamagedSegment {
    /// Its file.
    pub file: PathBuf,
}

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
    /// The search came upon damage.
    #[error(transparent)]
    Damaged(#[from] DamagedSegment),
}

/// Why an index was not read from disk. After any of these it is to be built again from the vectors.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing was saved there.
    #[error("no index is saved in {}", .0.display())]
    Missing(PathBuf),
    /// It was saved by another version, or for other vectors.
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
    /// A segment that was to be merged came upon damage.
    #[error(transparent)]
    Damaged(#[from] DamagedSegment),
}
