//! The OpenAI-compatible HTTP API: typed requests and responses, event streams, errors.

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {}
