//! The commands, one file each.

pub(crate) mod ask;
pub(crate) mod backup;
pub(crate) mod conversations;
pub(crate) mod doctor;
pub(crate) mod embeddings;
pub(crate) mod endpoint;
pub(crate) mod eval;
pub(crate) mod image;
pub(crate) mod index;
pub(crate) mod jobs;
pub(crate) mod join;
pub(crate) mod ledger;
pub(crate) mod list;
pub(crate) mod mcp;
pub(crate) mod models;
pub(crate) mod recognise;
pub(crate) mod remove;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod shells;
pub(crate) mod status;
pub(crate) mod unlock;
