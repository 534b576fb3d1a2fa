//! Runs models in this process, with nothing to install and no network: files in, numbers out. It knows no documents.
//!
//! A model is a folder with a `model.json`, which names its files and their checksums (see [`Manifest`]). It is loaded
//! when it is first needed and given back when it has not been used for a while. Each run takes one thread; callers
//! that want more call from several.

mod entailment;
mod error;
mod folder;
mod manifest;
mod network;
mod relevance;
mod resident;
mod sentence_vectors;
mod text_network;
mod text_recognition;

pub use entailment::{EntailmentModel, Judgement, Relation};
pub use error::InferenceError;
pub use folder::{ModelFolder, find, installed, own_place};
pub use manifest::{Manifest, Pooling, Task, Tokenizer};
pub use relevance::RelevanceModel;
pub use sentence_vectors::{SentenceVectors, Urgency};
pub use text_recognition::{Corners, Picture, Reading, RecognisedLine, RecognisedWord, TextReader};
