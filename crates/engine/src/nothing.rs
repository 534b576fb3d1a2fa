//! Why nothing was found, and what there is.

use libraries::Library;
use library::{Coverage, DocumentState, Scope, WordsHeld};

use crate::Engine;
use crate::api::{Answer, ApiError, AskRequest, Nothing, NothingReason};
use crate::overview::text;
use crate::scope::Scoped;

/// So many documents are named; a person knows a folder by fewer.
const MOST_NAMED: usize = 20;

impl Engine {
    /// A refused answer with the reason, and with what could be asked about instead: nobody else can tell a person which
    /// files there are.
    pub(crate) async fn explained(&self, request: &AskRequest, answer: Answer) -> Result<Answer, ApiError> {
        if !answer.refused {
            return Ok(answer);
        }
        let Scoped { question, scope, .. } = self.scoped(&request.question, &request.place).await?;
        let question = answer.standalone.clone().unwrap_or(question);
        let nothing = self.with_library(move |library| nothing(library, &question, &scope)).await?;
        Ok(Answer { nothing: Some(nothing), ..answer })
    }
}

/// What is known of a question that nothing answers in this scope.
pub(crate) fn nothing(library: &Library, question: &str, scope: &Scope) -> Result<Nothing, library::Error> {
    let mut documents = library.documents()?;
    let is_empty = documents.is_empty();
    documents.retain(|document| document.state == DocumentState::Indexed);
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    let Coverage { indexed, failed, .. } = library.coverage(scope)?;
    let WordsHeld { unheld, held } = library.words_held(question)?;
    let reason = if is_empty {
        NothingReason::EmptyLibrary
    } else if documents.is_empty() || (indexed == 0 && failed > 0) {
        NothingReason::NothingReadable
    } else if indexed == 0 {
        NothingReason::NothingInPlace
    } else if unheld.len() > held.len() {
        NothingReason::OtherWords
    } else {
        NothingReason::NothingBears
    };
    let named = documents.iter().take(MOST_NAMED).filter_map(|document| document.path.file_name());
    Ok(Nothing {
        reason,
        unknown_words: unheld,
        documents: named.map(|name| text(name.as_ref())).collect(),
        document_count: documents.len() as u32,
    })
}
