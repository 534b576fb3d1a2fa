//! That there is no answer.

use super::counted;
use crate::api::{Nothing, NothingReason};

/// Why nothing was found, and what there is to ask about.
#[must_use]
pub fn why_nothing(nothing: &Nothing) -> String {
    let words = nothing.unknown_words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let why = match nothing.reason {
        NothingReason::EmptyLibrary => {
            return "There are no documents in the library yet. Add a folder: footnote add FOLDER".to_owned();
        }
        NothingReason::NothingReadable => {
            return "None of the files could be read; footnote status says why.".to_owned();
        }
        NothingReason::NothingInPlace => {
            "No document is in the place or time that was asked about.".to_owned()
        }
        NothingReason::OtherWords => {
            format!("No document holds {words}. If the documents are in another language, ask in that one.")
        }
        NothingReason::NothingBears if words.is_empty() => "No document says enough of it.".to_owned(),
        NothingReason::NothingBears => format!("No document says enough of it, and none holds {words}."),
    };
    let more = if nothing.documents.len() < nothing.document_count as usize { ", …" } else { "" };
    format!(
        "{why}\nThe library holds {}: {}{more}",
        counted(nothing.document_count, "document"),
        nothing.documents.join(", ")
    )
}
