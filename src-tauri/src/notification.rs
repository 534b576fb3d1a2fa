//! What the system tells the person at the end of long work, when they have turned to something else.

use std::time::Duration;

use engine::api::{IndexEvent, IndexOutcome, IndexSummary};
use tauri::{AppHandle, Manager, UserAttentionType};
use tauri_plugin_notification::NotificationExt as _;

/// Work that took longer than this: the person will have turned to something else.
const LONG: Duration = Duration::from_secs(60);

/// Tells of the end of indexing where it was long and the window is not looked at. A system that shows no
/// notifications shows none, and that is no failure.
pub fn show(app: &AppHandle, event: &IndexEvent) {
    let IndexEvent::Finished { summary } = event else { return };
    let Some(window) = app.get_webview_window("main") else { return };
    if summary.seconds < LONG.as_secs_f64() || window.is_focused().unwrap_or(true) {
        return;
    }
    drop(window.request_user_attention(Some(UserAttentionType::Informational)));
    let Some((title, body)) = words(summary) else { return };
    if let Err(error) = app.notification().builder().title(title).body(body).show() {
        tracing::debug!(%error, "the notification was not shown");
    }
}

/// None where the person has ended the work.
fn words(summary: &IndexSummary) -> Option<(&'static str, String)> {
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
    use engine::api::{ExtractError, Failure, Reason};

    use super::*;

    fn summary(outcome: IndexOutcome, failures: Vec<Failure>) -> IndexSummary {
        IndexSummary { outcome, added: 300, updated: 12, failures, seconds: 90.0, ..IndexSummary::default() }
    }

    #[test]
    fn the_words_tell_what_was_done_and_name_no_file() {
        assert_eq!(
            words(&summary(IndexOutcome::Completed, Vec::new())),
            Some(("Your documents are read", "312 documents can be asked now.".to_owned()))
        );
        let failure = Failure {
            document: "/home/reader/secret.pdf".into(),
            reason: Reason::Unread(ExtractError::Encrypted),
            missing: None,
        };
        let body = words(&summary(IndexOutcome::Failed, vec![failure])).map(|(_, body)| body);
        assert_eq!(body.as_deref(), Some("312 documents can be asked now; 1 could not be read."));
        assert_eq!(words(&summary(IndexOutcome::Cancelled, Vec::new())), None);
    }
}
