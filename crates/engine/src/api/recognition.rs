use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Documents of which pages that are pictures may be read by the vision model.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RecognitionRequest {
    /// Files of the library, or folders with such; all of the library where there are none.
    pub paths: Vec<PathBuf>,
}

/// What would be sent where: shown to a person, and sent only once that person says yes to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RecognitionPlan {
    /// The vision model's name.
    pub model: String,
    /// The endpoint's host.
    pub host: String,
    /// Those with pages to be read, in the order of their paths.
    pub documents: Vec<DocumentPages>,
}

/// Pages of a document that are pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DocumentPages {
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// The document's path.
    pub document: String,
    /// Their numbers, counted from 1. None where all were read before, and only the document lacks their texts.
    pub pages: Vec<u32>,
}
