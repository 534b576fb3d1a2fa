//! What a call says when something goes wrong on the endpoint's side.

use endpoint::{EmbeddingRequest, ErrorKind, TimeoutPhase, Violation};
use serde_json::json;
use testkit::loopback::{Component, EMBEDDING_MODEL, Fault, Options, VectorFault};

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
        assert!(!shown.contains(KEY), "{shown}");
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
    for (fault, violation) in
        [(VectorFault::SameIndex, Violation::VectorCount), (VectorFault::Uneven, Violation::VectorLengths)]
    {
        server.inject(Fault::Vectors(fault));
        let error = endpoint.embeddings(&EmbeddingRequest::new(EMBEDDING_MODEL, texts.clone())).await;
        assert_eq!(error.expect_err("a fault").kind(), ErrorKind::Protocol(violation), "{fault:?}");
    }
}

#[tokio::test]
async fn a_vector_that_cannot_be_used_costs_its_text() {
    let (server, endpoint) = start(Options::default());
    let texts: Vec<_> = ["tides", "harbours"].map(str::to_owned).into();
    for (fault, violation) in [
        (VectorFault::Missing, Violation::VectorCount),
        (VectorFault::Component(Component::TooLarge), Violation::NotFinite),
        (VectorFault::Component(Component::Null), Violation::NotFinite),
        (VectorFault::Component(Component::NaN), Violation::NotFinite),
    ] {
        server.inject(Fault::Vectors(fault));
        let vectors = endpoint.embeddings(&EmbeddingRequest::new(EMBEDDING_MODEL, texts.clone())).await;
        let vectors = vectors.expect("a vector for one of the texts").vectors;
        assert!(vectors[0].is_ok(), "{fault:?}");
        assert_eq!(
            vectors[1].as_ref().expect_err("a fault").kind(),
            ErrorKind::Protocol(violation),
            "{fault:?}"
        );
    }
    server.inject(Fault::Vectors(VectorFault::Component(Component::NaN)));
    let alone = endpoint.embeddings(&EmbeddingRequest::new(EMBEDDING_MODEL, texts[..1].to_vec())).await;
    let error = alone.expect_err("no vector");
    assert_eq!(error.kind(), ErrorKind::Protocol(Violation::NotFinite));
}

#[tokio::test]
async fn vectors_are_read_in_each_shape() {
    let (server, endpoint) = start(Options::default());
    let request = EmbeddingRequest::new(EMBEDDING_MODEL, vec!["a".to_owned(), "b".to_owned()]);
    for body in [
        r#"{"data":[{"index":"1","embedding":[0.5,1]},{"index":0.0,"embedding":["0.25",-2e0]}],"usage":{"prompt_tokens":"7"}}"#,
        r#"{"data":[{"index":null,"embedding":[[0.25,-2]]},{"embedding":[[0.5,1.0]]}],"usage":{"total_tokens":7.0,"prompt_tokens":7}}"#,
    ] {
        server.inject(Fault::Body(body.to_owned()));
        let embeddings = endpoint.embeddings(&request).await.expect("vectors");
        let vectors: Vec<_> =
            embeddings.vectors.into_iter().map(|vector| vector.expect("a vector")).collect();
        assert_eq!(
            (vectors, embeddings.usage.prompt_tokens),
            (vec![vec![0.25, -2.0], vec![0.5, 1.0]], 7),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_answer_is_read_in_each_shape() {
    let (server, endpoint) = start(Options::default());
    let event = |choice: serde_json::Value| format!("data: {}\n\n", json!({"choices": [choice]}));
    let delta = |text: &str| event(json!({"index": 0, "delta": {"content": text}}));
    let message = |text: &str| json!({"role": "assistant", "content": text});
    let stop = |choice: serde_json::Value| event(choice) + "data: [DONE]\n\n";
    let stopped = || stop(json!({"delta": {}, "finish_reason": "stop"}));
    let usage = |usage: serde_json::Value| {
        format!("data: {}\n\n", json!({"choices": [], "usage": usage})) + &stopped()
    };
    for (what, body) in [
        ("a message repeats the deltas", delta("It ") + &delta("is 4.") + &stop(json!({"message": message("It is 4."), "delta": {}, "finish_reason": "stop"}))),
        (
            "a message grows beside the deltas",
            event(json!({"delta": {"content": "It "}, "message": message("It ")}))
                + &event(json!({"delta": {"content": "is 4."}, "message": message("It is 4.")}))
                + &stop(json!({"delta": {"content": ""}, "message": message("It is 4."), "finish_reason": "stop"})),
        ),
        (
            "a message grows alone",
            event(json!({"message": message("It ")})) + &stop(json!({"message": message("It is 4."), "finish_reason": "stop"})),
        ),
        ("pieces are messages", event(json!({"message": message("It ")})) + &stop(json!({"message": message("is 4."), "finish_reason": "stop"}))),
        ("parts", event(json!({"delta": {"content": [{"type": "text", "text": "It "}]}})) + &delta("is 4.") + &stopped()),
        ("text as in completions", event(json!({"index": 0, "text": "It "})) + &event(json!({"text": "is 4."})) + &stopped()),
        ("no objects first", "data: null\n\ndata: []\n\ndata: \"ok\"\n\n".to_owned() + &delta("It is 4.") + &stopped()),
        ("other numbers", event(json!({"index": "0", "delta": {"content": "It "}})) + &event(json!({"index": -1, "delta": {"content": "is 4."}})) + &stopped()),
        ("an id that is a number", format!("data: {}\n\n", json!({"id": 17, "created": 1.7e9, "model": null, "choices": [{"delta": {"content": "It is 4."}, "finish_reason": {"type": "stop"}}]})) + "data: [DONE]\n\n"),
        ("usage in floats", delta("It is 4.") + &usage(json!({"prompt_tokens": 12.0, "completion_tokens": "3", "cost": "0.01"}))),
        ("usage below zero", delta("It is 4.") + &usage(json!({"prompt_tokens": -1, "cost": {"total_cost": 0.1}, "estimated_cost": 0.1}))),
        ("usage of another kind", delta("It is 4.") + &usage(json!([]))),
        ("NaN beside the text", r#"data: {"choices":[{"delta":{"content":"It is 4."},"logprobs":{"content":[{"token":"4","logprob":NaN}]},"finish_reason":"stop"}]}"#.to_owned() + "\n\n"),
        ("no error in words", format!("data: {}\n\n", json!({"error": "", "choices": [{"delta": {"content": "It is 4."}, "finish_reason": "STOP"}]}))),
        ("lines of JSON", delta("It ").replace("data: ", "") + &delta("is 4.").replace("data: ", "")),
        ("a body without a reason", json!({"choices": [{"message": message("It is 4.")}]}).to_string()),
    ] {
        server.inject(Fault::Body(body));
        assert_eq!(ask(&endpoint).await, ("It is 4.".to_owned(), None), "{what}");
    }
}

#[tokio::test]
async fn no_answer_is_an_error_that_says_what_came() {
    let (server, endpoint) = start(Options::default());
    for (body, kind, said) in [
        ("data: [DONE]\n\n", ErrorKind::EmptyAnswer, None),
        ("data: {}\n\ndata: [DONE]\n\n", ErrorKind::EmptyAnswer, None),
        ("data: {\"message\":\"overloaded\"}\n\n", ErrorKind::ServerFailed, Some("overloaded")),
        ("data: not today\n\ndata: [DONE]\n\n", ErrorKind::Protocol(Violation::NotJson), Some("not today")),
        ("{\"reply\":\"4\"}", ErrorKind::Protocol(Violation::UnexpectedShape), Some("{\"reply\":\"4\"}")),
        ("data: {\"choices\":[{\"finish_reason\":\"abort\"}]}\n\n", ErrorKind::ServerFailed, None),
    ] {
        server.inject(Fault::Body(body.to_owned()));
        let error = ask(&endpoint).await.1.expect("an error");
        assert_eq!((error.kind(), error.endpoint_message()), (kind, said), "{body}");
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
