//! Answered questions as known ones.

use serde_json::Value;

use crate::Engine;
use crate::api::{ApiError, KnownPages, KnownQuestion};
use crate::errors::api_error;

impl Engine {
    /// The questions of all conversations with the pages of the citations that a person has marked as right. Where an
    /// answer has no such mark, they are those of the citations that support it, to be looked through by a person: a
    /// page that does not answer is taken out, and what is left is known.
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
    let answer: Value = serde_json::from_str(&message.answer).ok()?;
    let mut documents: Vec<KnownPages> = Vec::new();
    let citations = answer["citations"].as_array()?;
    let is_marked = |cited: &&Value| cited["marked_right"] == true;
    let has_marks = citations.iter().any(|cited| is_marked(&cited));
    let is_known =
        |cited: &&Value| if has_marks { is_marked(cited) } else { cited["support"] == "supported" };
    for cited in citations.iter().filter(is_known) {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn known(citations: &Value) -> Vec<(String, Vec<u32>)> {
        let answer = json!({"citations": citations}).to_string();
        let question = "When does the lease end?".to_owned();
        let message = library::Message { id: library::MessageId(1), question, answer, created_at: 0 };
        let known = answered(&message).map(|known| known.documents).unwrap_or_default();
        known.into_iter().map(|known| (known.document, known.pages)).collect()
    }

    #[test]
    fn a_mark_of_a_person_counts_more_than_the_check() {
        let cited = |page, support, marked| json!({"document": "lease.pdf", "page": page, "support": support, "marked_right": marked});
        let of = |pages: &[u32]| vec![("lease.pdf".to_owned(), pages.to_vec())];
        let unmarked = json!([cited(1, "supported", false), cited(2, "partly", false)]);
        assert_eq!(known(&unmarked), of(&[1]));
        let marked =
            json!([cited(1, "supported", false), cited(2, "partly", true), cited(3, "unsupported", true)]);
        assert_eq!(known(&marked), of(&[2, 3]));
        assert!(known(&json!([cited(1, "unsupported", false)])).is_empty());
    }
}
