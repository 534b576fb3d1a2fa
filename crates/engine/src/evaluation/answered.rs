//! Answered questions as known ones.

use crate::Engine;
use crate::api::{ApiError, KnownPages, KnownQuestion};
use crate::errors::api_error;

impl Engine {
    /// The questions of all conversations whose answers are supported by what they cite, with the cited pages, to
    /// be looked through by a person: a page that does not answer is taken out, and what is left is known.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn answered_questions(&self) -> Result<Vec<KnownQuestion>, ApiError> {
        let read = || {
            let mut known = Vec::new();
            for conversation in self.library.conversations()? {
                let messages = self.library.conversation(conversation.id)?.map(|(_, messages)| messages);
                known.extend(messages.into_iter().flatten().filter_map(|message| answered(&message)));
            }
            Ok(known)
        };
        read().map_err(|error: library::Error| api_error(&error))
    }
}

fn answered(message: &library::Message) -> Option<KnownQuestion> {
    let answer: serde_json::Value = serde_json::from_str(&message.answer).ok()?;
    let mut documents: Vec<KnownPages> = Vec::new();
    let supported = answer["citations"].as_array()?.iter().filter(|cited| cited["support"] == "supported");
    for cited in supported {
        let (document, page) = (cited["document"].as_str()?, u32::try_from(cited["page"].as_u64()?).ok()?);
        match documents.iter_mut().find(|known| known.document == document) {
            Some(known) if known.pages.contains(&page) => {}
            Some(known) => known.pages.push(page),
            None => documents.push(KnownPages { document: document.to_owned(), pages: vec![page] }),
        }
    }
    let first = documents.first()?.clone();
    Some(KnownQuestion {
        id: format!("answer-{}", message.id.0),
        question: message.question.clone(),
        document: Some(first.document),
        pages: first.pages,
        documents,
        unanswerable: false,
        needs_ocr: false,
    })
}
