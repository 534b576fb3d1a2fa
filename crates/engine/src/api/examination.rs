use library::Mended;
use serde::Serialize;

use super::ApiError;

/// How the examination of a library goes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ExaminationEvent {
    /// It goes on.
    Progress {
        /// What is looked at now.
        step: Examining,
    },
    /// It has ended. Nothing comes after this.
    Finished {
        /// How.
        outcome: ExaminationOutcome,
    },
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Examining {
    /// The pages of the database.
    Pages,
    /// What its rows say of each other.
    Rows,
    /// Whether the indexes hold what the database does.
    Indexes,
}

/// How an examination ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ExaminationOutcome {
    /// It was looked through to its end.
    Examined {
        /// What was wrong, and is no more; nothing where it was whole.
        mended: Vec<Mended>,
    },
    /// It could not be looked through, or not mended.
    Failed {
        /// Why.
        error: ApiError,
    },
}
