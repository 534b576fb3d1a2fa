use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Failure;

/// A file to open with its password.
#[derive(Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct UnlockRequest {
    /// The file's path, as its failure names it.
    pub path: PathBuf,
    /// As a person typed it.
    pub password: String,
    /// Whether the system's keychain keeps it, so that the file opens whenever it is read again.
    pub remember: bool,
}

impl fmt::Debug for UnlockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnlockRequest")
            .field("path", &self.path)
            .field("remember", &self.remember)
            .finish_non_exhaustive()
    }
}

/// What came of a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Unlocked {
    /// Why the file was not read in all the same; where it is the password that is missing still, it was another one.
    pub failure: Option<Failure>,
    /// Whether the keychain has the password now. The system may have no keychain.
    pub remembered: bool,
}
