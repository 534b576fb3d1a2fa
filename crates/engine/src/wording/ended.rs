//! What is told at the end of long work.

use crate::api::{IndexOutcome, IndexSummary};

/// Title and text for who has turned to something else; none where that person ended the work. No file is named.
#[must_use]
pub fn ended(summary: &IndexSummary) -> Option<(&'static str, String)> {
    let title = match summary.outcome {
        IndexOutcome::Completed => "Your documents are read",
        IndexOutcome::Failed => "Reading your documents has stopped",
        IndexOutcome::Cancelled => return None,
    };
    let mut body = match summary.added + summary.updated {
        1 => "1 document can be asked now".to_owned(),
        documents => format!("{documents} documents can be asked now"),
    };
    if !summary.failures.is_empty() {
        body += &format!("; {} could not be read", summary.failures.len());
    }
    if !summary.unread_pages.is_empty() {
        body += &format!("; {} pages could not be read off their pictures", summary.unread_pages.len());
    }
    Some((title, body + "."))
}

#[cfg(test)]
mod tests {
    use crate::api::{ExtractError, Failure, Reason};

    use super::*;

    fn summary(outcome: IndexOutcome, failures: Vec<Failure>) -> IndexSummary {
        IndexSummary { outcome, added: 300, updated: 12, failures, seconds: 90.0, ..IndexSummary::default() }
    }

    #[test]
    fn the_words_tell_what_was_done_and_name_no_file() {
        assert_eq!(
            ended(&summary(IndexOutcome::Completed, Vec::new())),
            Some(("Your documents are read", "312 documents can be asked now.".to_owned()))
        );
        let failure = Failure {
            document: "/home/reader/secret.pdf".into(),
            reason: Reason::Unread(ExtractError::Encrypted),
            missing: None,
        };
        let body = ended(&summary(IndexOutcome::Failed, vec![failure])).map(|(_, body)| body);
        assert_eq!(body.as_deref(), Some("312 documents can be asked now; 1 could not be read."));
        assert_eq!(ended(&summary(IndexOutcome::Cancelled, Vec::new())), None);
    }
}
