//! What the tools take. The words here are all that a model knows of them.

use engine::api::Place;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Search {
    /// Words or a question, in the language of the documents.
    pub query: String,
    /// The most passages to return, 10 where it is not given and 50 at most.
    pub limit: Option<u32>,
    #[serde(flatten)]
    pub place: Where,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Ask {
    /// One question that can be understood by itself, in the language that the answer is to be in.
    pub question: String,
    #[serde(flatten)]
    pub place: Where,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ReadPage {
    /// The document's path, as other tools give it, or its file name.
    pub document: String,
    /// Which of its pages, counted from 1.
    #[schemars(range(min = 1))]
    pub page: u32,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ListDocuments {
    /// Only documents whose title or path has this in it, in capital or small letters.
    pub containing: Option<String>,
    /// How many documents to pass over: `next` of the last result.
    #[serde(default)]
    pub start: usize,
}

/// Where to look.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Where {
    /// Only documents whose path or file name is this or matches this glob, such as `report-*.pdf`.
    document: Option<String>,
    /// Only documents below this folder, an absolute path.
    folder: Option<String>,
    /// Only documents whose file has one of these extensions, such as `pdf`.
    #[serde(default)]
    types: Vec<String>,
    /// Only documents whose file was changed before this year, month or day, such as `2024-05`.
    before: Option<String>,
    /// Only documents whose file was changed in this year, month or day, or later.
    after: Option<String>,
}

impl From<Where> for Place {
    fn from(place: Where) -> Self {
        let Where { document, folder, types, before, after } = place;
        Self { document_id: None, document, folder, types, before, after }
    }
}
