//! What is said of a failure.

use std::borrow::Cow;

use super::library::library;
use super::local_models::local_model;
use super::requests::request;
use super::system::system;
use super::{models, unread};
use crate::api::ErrorMessage;

/// What happened, to which file or call, and what to do next.
#[must_use]
pub fn error(message: &ErrorMessage) -> Cow<'_, str> {
    match message {
        ErrorMessage::Fault => "Footnote hit a fault of its own. Close it and open it again.".into(),
        ErrorMessage::Endpoint(error) => models::endpoint(error).into(),
        ErrorMessage::ModelCrashed => {
            "A model in this process ended in the midst of its work. Try again.".into()
        }
        ErrorMessage::DimensionsChanged { model, expected, received } => format!(
            "The embedding model {model} gave vectors of {expected} numbers before and gives {received} now. Probably \
             the endpoint serves another model under its name: check the endpoint, then index again."
        )
        .into(),
        ErrorMessage::CutOff { model } => {
            format!("{model} did not write the page to its end. Choose a model that writes more.").into()
        }
        ErrorMessage::NoAnswer { model, instead } => format!("{model} {}", models::instead(*instead)).into(),
        ErrorMessage::Filtered { model } => format!(
            "The endpoint's content filter ended what {model} wrote. Ask in other words, or choose another model."
        )
        .into(),
        ErrorMessage::Declined { model, said } => format!(
            "{model} declined to answer. Ask in other words, or choose another model. It says: “{said}”"
        )
        .into(),
        ErrorMessage::ZeroVector { model } => format!(
            "The embedding model {model} gave a vector of zeros. Probably it is no embedding model: choose another."
        )
        .into(),
        ErrorMessage::PageNotRead { path, page, error: reason } => {
            format!("Page {page} of {path} was not read: {}", error(reason)).into()
        }
        ErrorMessage::ModelUnusable { error: reason } => {
            format!("The model was thrown away, for it does not work: {}", error(reason)).into()
        }
        ErrorMessage::Unread(reason) => unread(reason),
        ErrorMessage::Library(failure) => library(failure).into(),
        ErrorMessage::LocalModel(failure) => local_model(failure).into(),
        ErrorMessage::Request(failure) => request(failure),
        ErrorMessage::System(failure) => system(failure).into(),
        ErrorMessage::Words(words) => words.into(),
    }
}
