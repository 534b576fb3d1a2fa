use reqwest::header::{HeaderMap, HeaderValue};
use url::Url;

use super::*;

fn error(operation: Operation, status: u16, body: &str) -> Error {
    let url = Url::parse("https://user:secret@api.example.org/v1/calls?token=hidden").expect("a valid URL");
    let call = Call::new(operation, &url);
    Refusal::from_body(body.as_bytes()).into_error(status, &HeaderMap::new(), &call, Some("sk-right"))
}

#[test]
fn reads_every_shape_of_error_body() {
    use ErrorKind as Kind;
    use Operation::{Chat, Embeddings};
    let cases = [
        (Chat, 401, r#"{"error":"Unauthorized"}"#, Kind::Unauthorized),
        (Chat, 401, r#"{"detail":"wrong key"}"#, Kind::Unauthorized),
        (
            Chat,
            400,
            r#"{"error":{"message":"bad key","type":"authentication_error","code":400}}"#,
            Kind::Unauthorized,
        ),
        (Chat, 402, r#"{"error":{"message":"Insufficient balance"}}"#, Kind::PaymentRequired),
        (Chat, 403, "", Kind::Forbidden),
        (Chat, 404, r#"{"detail":"Not Found"}"#, Kind::NotFound),
        (
            Chat,
            404,
            r#"{"error":{"message":"The model `x` does not exist.","param":"model"}}"#,
            Kind::UnknownModel,
        ),
        (Chat, 400, r#"{"detail":"Server is pinned to 'a'; requested 'b'."}"#, Kind::UnknownModel),
        (
            Chat,
            400,
            r#"{"error":{"message":"m","type":"exceed_context_size_error","n_ctx":1024}}"#,
            Kind::ContextTooLong,
        ),
        (Chat, 400, r#"{"error":{"message":"maximum context length is 2048 tokens"}}"#, Kind::ContextTooLong),
        (
            Embeddings,
            400,
            r#"{"error":{"message":"maximum context length is 256 tokens"}}"#,
            Kind::InputTooLong,
        ),
        (
            Embeddings,
            500,
            r#"{"error":{"message":"input (900 tokens) is too large to process. increase the physical batch size"}}"#,
            Kind::InputTooLong,
        ),
        (
            Embeddings,
            413,
            r#"{"error":"inputs must have less than 512 tokens","error_type":"Validation"}"#,
            Kind::InputTooLong,
        ),
        (
            Embeddings,
            422,
            r#"{"error":"batch size 40 > maximum allowed batch size 32"}"#,
            Kind::TooManyInputs,
        ),
        (
            Chat,
            422,
            r#"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required"}]}"#,
            Kind::InvalidRequest,
        ),
        (Chat, 429, r#"{"error":{"message":"m","code":"insufficient_quota"}}"#, Kind::QuotaExceeded),
        (Chat, 429, "slow down", Kind::RateLimited { retry_after: None }),
        (Chat, 500, "Internal Server Error", Kind::ServerFailed),
        (
            Chat,
            503,
            r#"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#,
            Kind::Unavailable,
        ),
        (Chat, 504, "<html><h1>Gateway Timeout</h1></html>", Kind::TimedOut(TimeoutPhase::Endpoint)),
        (Chat, 301, "", Kind::Redirected),
        (Chat, 418, "[1, 2]", Kind::InvalidRequest),
        (Chat, 502, "[]", Kind::Unavailable),
    ];
    for (operation, status, body, kind) in cases {
        assert_eq!(error(operation, status, body).kind(), kind, "{status} {body}");
    }
}

#[test]
fn keeps_the_endpoints_words_short_and_without_the_key() {
    let body =
        format!(r#"{{"error":{{"message":"key sk-right\nis wrong {}","param":"x"}}}}"#, "é".repeat(400));
    let error = error(Operation::Chat, 401, &body);
    let said = error.endpoint_message().expect("the message is kept");
    assert!(said.starts_with("key [key] is wrong é"), "{said}");
    assert_eq!(said.chars().count(), LONGEST_MESSAGE + 1);
    assert_eq!(error.parameter(), Some("x"));
    for shown in [error.to_string(), format!("{error:?}")] {
        for hidden in ["sk-right", "secret", "hidden", "is wrong"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
    assert!(error.to_string().contains("(POST api.example.org/v1/calls, HTTP 401)"), "{error}");
}

#[test]
fn keeps_no_source_of_web_pages() {
    assert_eq!(error(Operation::Chat, 502, "<html>nginx</html>").endpoint_message(), None);
}

#[test]
fn finds_errors_inside_a_success() {
    let inside = |text: &str| Refusal::inside(&serde_json::from_str(text).expect("valid JSON"));
    assert!(inside(r#"{"choices":[]}"#).is_none());
    assert!(inside(r#"{"error":null,"choices":[]}"#).is_none());
    assert!(inside(r#"{"object":"error","message":"m","code":400}"#).is_some());
    assert_eq!(
        inside(r#"{"error":{"message":"m","code":"503"}}"#).and_then(|refusal| refusal.status()),
        Some(503)
    );
}

#[test]
fn reads_how_long_to_wait() {
    let now = httpdate::parse_http_date("Sun, 22 Nov 2026 08:00:00 GMT").expect("a valid date");
    for (name, value, seconds) in [
        ("retry-after", "20", Some(20.0)),
        ("retry-after", "0.5", Some(0.5)),
        ("retry-after", "Sun, 22 Nov 2026 08:00:30 GMT", Some(30.0)),
        ("retry-after", "Sun, 22 Nov 2026 07:00:00 GMT", Some(0.0)),
        ("retry-after-ms", "1500", Some(1.5)),
        ("retry-after", "soon", None),
        ("retry-after", "-1", None),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        assert_eq!(retry_after(&headers, now).map(|wait| wait.as_secs_f64()), seconds, "{name}: {value}");
    }
}
