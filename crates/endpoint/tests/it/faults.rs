//! What a call says when something goes wrong on the endpoint's side.

use endpoint::{EmbeddingRequest, ErrorKind, TimeoutPhase, Violation};
use serde_json::json;
use testkit::loopback::{EMBEDDING_MODEL, Fault, Options, VectorFault};

use crate::{KEY, ask, question, start};

/// A page as a proxy shows it.
const PAGE: &str = "<!DOCTYPE html><html><title>Sign in</title></html>";

fn body(body: &str) -> Fault {
    Fault::Body(body.to_owned())
}

fn status(status: u16) -> Fault {
    Fault::status(status, "no")
}

/// Faults that leave nothing of an answer, and what is made of them whether it is streamed or not.
fn before_the_answer() -> Vec<(Fault, ErrorKind)> {
    use ErrorKind as Kind;
    let html = |status| Fault::Status { status, body: PAGE.to_owned(), retry_after: None };
    vec![
        (status(400), Kind::InvalidRequest),
        (status(401), Kind::Unauthorized),
        (status(402), Kind::PaymentRequired),
        (status(403), Kind::Forbidden),
        (status(404), Kind::NotFound),
        (status(408), Kind::TimedOut(TimeoutPhase::Endpoint)),
        (status(413), Kind::ContextTooLong),
        (status(422), Kind::InvalidRequest),
        (status(500), Kind::ServerFailed),
        (status(501), Kind::ServerFailed),
        (status(504), Kind::TimedOut(TimeoutPhase::Endpoint)),
        (html(403), Kind::Forbidden),
        (html(500), Kind::ServerFailed),
        (
            Fault::rate_limit("3600"),
            Kind::RateLimited { retry_after: Some(std::time::Duration::from_secs(3600)) },
        ),
        (
            Fault::Status {
                status: 429,
                body: json!({"error": {"message": "no", "code": "insufficient_quota"}}).to_string(),
                retry_after: Some("1".to_owned()),
            },
            Kind::QuotaExceeded,
        ),
        (Fault::Redirect("https://elsewhere.example/v1/chat/completions".to_owned()), Kind::Redirected),
        (body(PAGE), Kind::Protocol(Violation::WebPage)),
        (body(""), Kind::EmptyAnswer),
        (body(" \n"), Kind::EmptyAnswer),
        (body("{\"choices\": [{\"mess"), Kind::BrokenOff),
        (body(r#"{"error":"Unexpected endpoint"}"#), Kind::ServerFailed),
        (body(r#"{"error":{"message":"slow down","code":429}}"#), Kind::RateLimited { retry_after: None }),
        (
            body(r#"{"object":"error","message":"maximum context length is 8","code":400}"#),
            Kind::ContextTooLong,
        ),
        (body(r#"{"answer":"42"}"#), Kind::Protocol(Violation::UnexpectedShape)),
        (Fault::Hang, Kind::TimedOut(TimeoutPhase::FirstByte)),
    ]
}

#[tokio::test]
async fn each_fault_before_an_answer_has_its_kind() {
    let (server, endpoint) = start(Options::default());
    for (fault, kind) in before_the_answer() {
        server.inject(fault.clone());
        let (text, error) = ask(&endpoint).await;
        let error = error.unwrap_or_else(|| panic!("{fault:?} went unnoticed"));
        assert_eq!((text.as_str(), error.kind()), ("", kind), "streamed, {fault:?}");

        server.inject(fault.clone());
        let error = endpoint.chat(&question()).await.expect_err("a fault");
        assert_eq!(error.kind(), kind, "whole, {fault:?}");
        let shown = error.to_string();
        assert!(shown.contains("POST 127.0.0.1:") && shown.contains("/v1/chat/completions"), "{shown}");
        assert!(shown.ends_with('.') && !shown.contains(KEY), "{shown}");
    }
    assert_eq!(ask(&endpoint).await.1, None, "the endpoint works again");
}

#[tokio::test]
async fn what_came_before_a_fault_is_kept() {
    let (server, endpoint) = start(Options::default());
    let (whole, _) = ask(&endpoint).await;
    let overloaded = json!({"error": {"message": "overloaded", "code": 503}});
    for (fault, kind) in [
        (Fault::CloseAfter(4), ErrorKind::BrokenOff),
        (Fault::EndAfter(4), ErrorKind::BrokenOff),
        (Fault::StallAfter(4), ErrorKind::TimedOut(TimeoutPhase::Idle)),
        (Fault::ErrorAfter(4, overloaded), ErrorKind::Unavailable),
    ] {
        server.inject(fault.clone());
        let (text, error) = ask(&endpoint).await;
        assert_eq!(error.map(|error| error.kind()), Some(kind), "{fault:?}");
        assert!(text.len() > 3 && whole.starts_with(&text) && text != whole, "{fault:?}: {text}");
    }
    server.inject(Fault::HalfBody);
    let error = endpoint.chat(&question()).await.expect_err("half an answer");
    assert_eq!(error.kind(), ErrorKind::BrokenOff);
}

#[tokio::test]
async fn vectors_are_checked() {
    let (server, endpoint) = start(Options::default());
    let texts: Vec<_> = ["tides", "harbours"].map(str::to_owned).into();
    for (fault, violation) in [
        (VectorFault::Missing, Violation::VectorCount),
        (VectorFault::SameIndex, Violation::VectorCount),
        (VectorFault::Uneven, Violation::VectorLengths),
        (VectorFault::Infinite, Violation::NotFinite),
    ] {
        server.inject(Fault::Vectors(fault));
        let error = endpoint.embeddings(&EmbeddingRequest::new(EMBEDDING_MODEL, texts.clone())).await;
        assert_eq!(error.expect_err("a fault").kind(), ErrorKind::Protocol(violation), "{fault:?}");
    }
}

#[tokio::test]
async fn the_endpoint_tells_which_model_or_parameter_it_refuses() {
    let (_server, endpoint) = start(Options { refused_fields: vec!["top_k"], ..Options::default() });
    let mut request = question();
    request.top_k = Some(3);
    let error = endpoint.chat(&request).await.expect_err("a refusal");
    assert_eq!((error.kind(), error.parameter()), (ErrorKind::InvalidRequest, Some("top_k")));
    assert_eq!(error.endpoint_message(), Some("This parameter is not supported"));
    request = question();
    request.model = "no-such-model".to_owned();
    assert_eq!(endpoint.chat(&request).await.expect_err("a refusal").kind(), ErrorKind::UnknownModel);
}
