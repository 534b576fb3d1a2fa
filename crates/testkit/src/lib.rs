//! For tests only: a loopback endpoint with faults, and builders of small documents.

pub mod documents;
pub mod loopback;
pub mod peers;
pub mod tiny_models;
