//! For tests only: a loopback endpoint with faults, small models, and builders of small documents.

pub mod documents;
pub mod hub;
pub mod loopback;
pub mod peers;
pub mod postgres;
mod server;
pub mod tiny_models;
mod word_vector;

pub use word_vector::word_vector;
