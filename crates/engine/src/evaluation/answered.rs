//! Answered questions as known ones.

use library::{Citation, Message, Support};

use crate::Engine;
use crate::api::{ApiError, KnownPages, KnownQuestion};

impl Engine {
    /// The questions of all conversations with the pages of the citations that a person has marked as right. Where an
    /// answer has no such mark, they are those of the citations that raise no alarm, to be looked through by a person:
    /// a page that does not answer is taken out, and what is left is known.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn answered_questions(&self) -> Result<Vec<KnownQuestion>, ApiError> {
        let messages = self.with_library(libraries::Library::messages).await?;
        Ok(messages.into_iter().filter_map(answered).collect())
    }
}

fn answered(message: Message) -> Option<KnownQuestion> {
    let citations = message.answer?.citations;
    let has_marks = citations.iter().any(|cited| cited.marked_right);
    let is_known = |cited: &Citation| {
        if has_marks { cited.marked_right } else { raises_no_alarm(cited) }
    };
    let mut documents: Vec<KnownPages> = Vec::new();
    for Citation { document, page, .. } in citations.into_iter().filter(is_known) {
        match documents.iter_mut().find(|known| known.document == document) {
            Some(known) if known.pages.contains(&page) => {}
            Some(known) => known.pages.push(page),
            None => documents.push(KnownPages { document, pages: vec![page] }),
        }
    }
    let first = documents.first()?.clone();
    Some(KnownQuestion {
        id: format!("answer-{}", message.id.0),
        question: message.question,
        document: Some(first.document),
        pages: first.pages,
        documents,
        unanswerable: false,
        needs_ocr: false,
    })
}

/// Whether nothing known of a citation speaks against it; an earlier version graded in place of it.
fn raises_no_alarm(cited: &Citation) -> bool {
    cited.facts.as_ref().map_or(cited.support == Some(Support::Supported), |facts| !facts.raise_alarm())
}

#[cfg(test)]
mod tests {
    use library::{
        Answer, DocumentId, FACTS_VERSION, Fact, FactKind, FactPlace, Facts, MessageId, TextRange, Wording,
    };

    use super::*;

    fn cited(page: u32, place: FactPlace, marked_right: bool) -> Citation {
        let items = vec![Fact { kind: FactKind::Figure, text: "2019".to_owned(), place }];
        let facts = Facts { version: FACTS_VERSION, wording: Wording::OwnWords, near: true, items };
        Citation {
            marker: 1,
            range: TextRange { start: 0, end: 3 },
            document_id: DocumentId(1),
            document: "lease.pdf".to_owned(),
            title: "Lease".to_owned(),
            page,
            page_label: None,
            quote: "The lease ends in May.".to_owned(),
            facts: Some(facts),
            support: None,
            matched: false,
            marked_right,
        }
    }

    fn known_pages(citations: &[Citation]) -> Vec<u32> {
        let message = Message {
            id: MessageId(1),
            question: "When does the lease end?".to_owned(),
            answer: Some(Answer { citations: citations.to_vec(), ..Answer::default() }),
            created_at: 0,
            changed_sources: Vec::new(),
        };
        answered(message).map(|known| known.pages).unwrap_or_default()
    }

    #[test]
    fn a_mark_of_a_person_counts_more_than_the_check() {
        use FactPlace::{Nowhere, Quote};
        assert_eq!(known_pages(&[cited(1, Quote, false), cited(2, Nowhere, false)]), [1]);
        assert_eq!(known_pages(&[cited(1, Quote, false), cited(2, Nowhere, true)]), [2]);
    }

    #[test]
    fn answers_of_versions_that_graded_are_known_by_their_grade() {
        let graded = |page, support| Citation {
            facts: None,
            support: Some(support),
            ..cited(page, FactPlace::Quote, false)
        };
        assert_eq!(known_pages(&[graded(1, Support::Supported), graded(2, Support::Partly)]), [1]);
    }
}
