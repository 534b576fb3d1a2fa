//! The engine's answers as JSON for scripts: codes with their parameters, and what they say in words.

use engine::api::{
    Answer, AnswerEvent, ApiError, DocumentSummary, EndpointError, ErrorMessage, Explanation, Failure,
    IndexSummary, LibraryStatus, Link, Passage, SearchResponse, Unlocked,
};
use engine::{Check, Finding, wording};
use serde::Serialize;
use serde_json::{Value, json};

use crate::commands::list::Listing;

pub(crate) fn of_status(status: &LibraryStatus) -> Value {
    with(status, [("failures", of_failures(&status.failures))])
}

pub(crate) fn of_summary(summary: &IndexSummary) -> Value {
    let failures = [
        ("failures", of_failures(&summary.failures)),
        ("unread_pages", of_failures(&summary.unread_pages)),
        ("unembedded", of_failures(&summary.unembedded)),
        ("error", summary.error.as_ref().map_or(Value::Null, of_error)),
    ];
    with(summary, failures)
}

pub(crate) fn of_listing(listing: &Listing) -> Value {
    match &listing.documents {
        Some(documents) => with(listing, [("documents", documents.iter().map(of_document).collect())]),
        None => json!(listing),
    }
}

fn of_document(document: &DocumentSummary) -> Value {
    let warnings =
        document.warnings.iter().map(|warning| with(warning, [("words", json!(wording::warning(warning)))]));
    let warnings = warnings.collect();
    with(document, [("failure", of_failure(document.failure.as_ref())), ("warnings", warnings)])
}

pub(crate) fn of_unlocked(unlocked: &Unlocked) -> Value {
    with(unlocked, [("failure", of_failure(unlocked.failure.as_ref()))])
}

pub(crate) fn of_event(event: &AnswerEvent) -> Value {
    match event {
        AnswerEvent::Done { answer } => with(event, [("answer", of_answer(answer))]),
        AnswerEvent::Error { error } | AnswerEvent::NoOpinion { error } => {
            with(event, [("error", of_error(error))])
        }
        _ => json!(event),
    }
}

pub(crate) fn of_answer(answer: &Answer) -> Value {
    let citations = answer.citations.iter().map(|citation| linked(citation, citation.link())).collect();
    let json = with(answer, [("citations", citations), ("passages", of_passages(&answer.passages))]);
    match &answer.error {
        Some(error) => with(&json, [("error", of_error(error))]),
        None => json,
    }
}

/// With where its passages, or the page asked for, stand in each step, where that is wanted.
pub(crate) fn of_search(found: &SearchResponse, explained: Option<&Explanation>) -> Value {
    let found = with(found, [("passages", of_passages(&found.passages))]);
    explained.map_or_else(|| found.clone(), |explained| with(&found, [("explanation", json!(explained))]))
}

fn of_passages(passages: &[Passage]) -> Value {
    passages.iter().map(|passage| linked(passage, passage.link())).collect()
}

/// What opens it in the window comes with it.
fn linked(value: &impl Serialize, link: Option<Link>) -> Value {
    with(value, [("link", json!(link.map(|link| link.to_string())))])
}

/// What happened is in words in `message`, and in `reason` the code with its parameters, where there is one.
pub(crate) fn of_error(error: &ApiError) -> Value {
    let json = json!({ "code": error.code, "message": wording::error(&error.message) });
    match &error.message {
        ErrorMessage::Words(_) => json,
        coded => with(&json, [("reason", json!(coded))]),
    }
}

pub(crate) fn of_check(check: &Check) -> Value {
    let of_parts = [
        ("models", of_finding(&check.models)),
        ("embeddings", check.embeddings.as_ref().map_or(Value::Null, of_finding)),
        ("chat", check.chat.as_ref().map_or(Value::Null, of_finding)),
    ];
    with(check, of_parts)
}

fn of_finding<T: Serialize>(finding: &Finding<T>) -> Value {
    match finding {
        Finding::Works(_) => json!(finding),
        Finding::Fails(error) => json!({ "fails": of_call(error) }),
    }
}

/// What went wrong with a call of the endpoint, in words.
pub(crate) fn of_call(error: &engine::EndpointCallError) -> String {
    let error = EndpointError { said: None, ..error.into() };
    wording::error(&ErrorMessage::Endpoint(error)).into_owned()
}

fn of_failures(failures: &[Failure]) -> Value {
    failures.iter().map(|failure| of_failure(Some(failure))).collect()
}

/// The code and its parameters, the file, and the reason in words.
fn of_failure(failure: Option<&Failure>) -> Value {
    let Some(failure) = failure else { return Value::Null };
    let file = [("document", json!(failure.document)), ("reason", json!(wording::reason(&failure.reason)))];
    let json = with(&failure.reason, file);
    if failure.missing.is_some() { with(&json, [("missing", json!(failure.missing))]) } else { json }
}

/// The fields of a value, and others in addition or in their place.
pub(crate) fn with<const N: usize>(value: &impl Serialize, fields: [(&str, Value); N]) -> Value {
    let mut json = serde_json::to_value(value).unwrap_or_default();
    if !json.is_object() {
        // Words of an earlier version have no code.
        json = json!({});
    }
    for (name, field) in fields {
        json[name] = field;
    }
    json
}
