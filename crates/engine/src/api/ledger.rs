use endpoint::{Purpose, RequestOutcome};
use serde::Serialize;

/// What left this computer, and what went to servers on it: never a text or a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Ledger {
    /// By day, purpose and host, the latest day first.
    pub sums: Vec<LedgerSum>,
    /// The last requests, the latest first.
    pub requests: Vec<LedgerRequest>,
    /// Requests since Footnote was opened that could not be noted: the library may only be read, or the disk is full.
    pub unnoted: u32,
}

/// The requests of one day, for one purpose, to one host.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgerSum {
    /// Where this computer is, as in `2026-11-29`.
    pub day: String,
    /// With its port where that is not the scheme's own.
    pub host: String,
    /// Whether the host is this computer: nothing left it then.
    pub is_local: bool,
    /// What they were for; none where another version of Footnote sent them.
    pub purpose: Option<Purpose>,
    /// How many.
    #[cfg_attr(test, ts(type = "number"))]
    pub requests: u64,
    /// The texts of all.
    #[cfg_attr(test, ts(type = "number"))]
    pub texts: u64,
    /// Their characters.
    #[cfg_attr(test, ts(type = "number"))]
    pub characters: u64,
    /// The pictures of all.
    #[cfg_attr(test, ts(type = "number"))]
    pub pictures: u64,
    /// Tokens read, as far as they were counted.
    #[cfg_attr(test, ts(type = "number"))]
    pub prompt_tokens: u64,
    /// Tokens written, as far as they were counted.
    #[cfg_attr(test, ts(type = "number"))]
    pub completion_tokens: u64,
    /// In US dollars, as far as it is known.
    pub cost: Option<f64>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LedgerRequest {
    /// In seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: i64,
    /// With its port where that is not the scheme's own.
    pub host: String,
    /// Whether the host is this computer: nothing left it then.
    pub is_local: bool,
    /// What it was for; none where another version of Footnote sent it.
    pub purpose: Option<Purpose>,
    /// The model that was asked.
    pub model: Option<String>,
    /// How many texts it sent.
    #[cfg_attr(test, ts(type = "number"))]
    pub texts: u64,
    /// Their characters.
    #[cfg_attr(test, ts(type = "number"))]
    pub characters: u64,
    /// How many pictures it sent.
    #[cfg_attr(test, ts(type = "number"))]
    pub pictures: u64,
    /// How it ended; none while it goes on, and where Footnote ended before it did.
    pub outcome: Option<RequestOutcome>,
    /// Tokens read, where they were counted.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub prompt_tokens: Option<u64>,
    /// Tokens written, where they were counted.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub completion_tokens: Option<u64>,
    /// In US dollars, where it is known.
    pub cost: Option<f64>,
}
