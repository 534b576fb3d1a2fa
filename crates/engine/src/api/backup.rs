use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ApiError;

/// A backup to be written, or to be put in the library's place.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BackupRequest {
    /// Where it is.
    pub file: PathBuf,
    /// What it is stopped by.
    #[serde(default)]
    #[cfg_attr(test, ts(optional))]
    pub id: Option<String>,
}

/// How a backup goes on, or its restoring.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum BackupEvent {
    /// It goes on.
    Progress {
        /// What is done now.
        stage: BackupStage,
        /// Bytes that are done of it.
        #[cfg_attr(test, ts(type = "number"))]
        done: u64,
        /// Bytes of all of it; 0 where that cannot be told.
        #[cfg_attr(test, ts(type = "number"))]
        total: u64,
    },
    /// It has ended. Nothing comes after this.
    Finished {
        /// How.
        outcome: BackupOutcome,
    },
}

/// What is done to a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum BackupStage {
    /// It is copied.
    Copying,
    /// It is looked through for damage.
    Checking,
    /// It gets its checksum.
    Sealing,
    /// It is put in the library's place.
    Replacing,
    /// The indexes are made of what it holds.
    Indexing,
}

/// How a backup ended, or its restoring.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum BackupOutcome {
    /// It is written, whole and checked.
    Written {
        /// Its size.
        #[cfg_attr(test, ts(type = "number"))]
        bytes: u64,
    },
    /// It is in the library's place.
    Restored {
        /// When it was made, in seconds since 1970.
        #[cfg_attr(test, ts(type = "number"))]
        made_at: i64,
    },
    /// The person stopped it; nothing was changed.
    Stopped,
    /// It failed; nothing was changed.
    Failed {
        /// Why.
        error: ApiError,
    },
}
