use serde::{Deserialize, Serialize};

use super::{ApiError, Role};

/// The models that run on this computer, and those that can be installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LocalModels {
    /// Where models are fetched from.
    pub hub: String,
    /// Those that are here, then those on offer.
    pub models: Vec<LocalModel>,
}

/// A model that runs on this computer, or could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LocalModel {
    /// What to call it by.
    pub id: String,
    /// As its authors call it.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// As an SPDX expression; empty where its files do not tell.
    pub license: String,
    /// The languages that it was made for, as BCP 47 tags, `mul` for many; none where its files do not tell.
    pub languages: Vec<String>,
    /// How large its files are; while it works it takes about as much memory.
    pub megabytes: u32,
    /// How many times as long as the model that comes with Footnote it takes over a text, where that is known.
    pub work: Option<u32>,
    /// Whether it is here.
    pub place: ModelPlace,
    /// Whether it serves its role now.
    pub in_use: bool,
    /// How many bytes of one on offer have been fetched before.
    #[cfg_attr(test, ts(type = "number"))]
    pub fetched: u64,
}

/// Whether a model is on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ModelPlace {
    /// It came with Footnote.
    BuiltIn,
    /// A person has installed it.
    Installed,
    /// It can be fetched.
    Offered,
}

/// A model to fetch and install: the person has said yes to that.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct InstallRequest {
    /// Which one.
    pub model: String,
    /// What to stop it by.
    pub id: Option<String>,
}

/// How an installation goes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum InstallEvent {
    /// So much of it is here, in bytes.
    Progress {
        /// So far, in earlier attempts too.
        #[cfg_attr(test, ts(type = "number"))]
        fetched: u64,
        /// All that there is to fetch.
        #[cfg_attr(test, ts(type = "number"))]
        total: u64,
    },
    /// The last event.
    Finished {
        /// How it ended.
        outcome: InstallOutcome,
    },
}

/// How an installation ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum InstallOutcome {
    /// The model is here and works.
    Installed,
    /// It was stopped. What has been fetched is kept, and the next attempt goes on from there.
    Stopped,
    /// It failed. What is right of that which has been fetched is kept.
    Failed {
        /// How.
        error: ApiError,
    },
}
