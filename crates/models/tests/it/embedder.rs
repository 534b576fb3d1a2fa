use endpoint::{Endpoint, ErrorKind, Ledger, Purpose};
use models::{DEFAULT_EMBEDDING_MODEL, Embedder, EndpointEmbedder, ModelError, Urgency};
use serde_json::Value;
use testkit::loopback::{Component, Fault, Options, VectorFault};

use crate::start;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The vectors of texts that all have one.
async fn embed(embedder: &EndpointEmbedder, texts: &[String]) -> Vec<Vec<f32>> {
    let embedded = embedder.embed_passages(texts, Urgency::Background).await.expect("vectors");
    embedded.into_iter().map(|vector| vector.expect("a vector")).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[tokio::test]
async fn a_question_is_nearest_to_the_passage_that_answers_it() {
    let (_server, endpoint) = start(Options::default());
    let embedder = EndpointEmbedder::new(endpoint);
    assert_eq!(embedder.name(), DEFAULT_EMBEDDING_MODEL);
    let passages = texts(&["The harbour master logs every tide.", "Bread rises twice before it is baked."]);
    let vectors = embed(&embedder, &passages).await;
    let question = embedder.embed_question("Who logs the tide?").await.expect("a vector");
    assert!(dot(&question, &vectors[0]) > dot(&question, &vectors[1]));
    for vector in vectors.iter().chain([&question]) {
        assert!((dot(vector, vector) - 1.0).abs() < 1e-5);
    }
}

#[tokio::test]
async fn only_a_question_gets_the_instruction() {
    let (server, endpoint) = start(Options::default());
    let embedder = EndpointEmbedder::new(endpoint);
    embed(&embedder, &texts(&["tides"])).await;
    embedder.embed_question("tides?").await.expect("a vector");
    let inputs: Vec<_> =
        server.requests().into_iter().map(|request| request.body["input"][0].clone()).collect();
    assert_eq!(inputs, ["tides", "Represent this sentence for searching relevant passages: tides?"]);
}

#[tokio::test]
async fn a_batch_cap_is_found_and_kept_to() {
    let (server, endpoint) = start(Options { batch_cap: 10, ..Options::default() });
    let embedder = EndpointEmbedder::new(endpoint);
    let passages: Vec<_> = (0..50).map(|number| format!("passage {number}")).collect();
    let vectors = embed(&embedder, &passages).await;
    assert_eq!((vectors.len(), server.embedded_inputs()), (50, 50));
    assert!(embedder.batch_size() <= 10);
    let before = server.requests().len();
    let again = embed(&embedder, &passages[..10]).await;
    assert_eq!(again, vectors[..10], "the order of the texts is kept");
    let sizes: Vec<_> = server.requests()[before..].iter().map(|request| inputs(&request.body)).collect();
    assert!(sizes.iter().all(|&size| size <= 10) && sizes.iter().sum::<usize>() == 10, "{sizes:?}");
}

fn inputs(body: &Value) -> usize {
    body["input"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_text_that_is_too_long_is_cut_and_counted_and_the_others_are_whole() {
    let (server, endpoint) = start(Options { input_cap: 400, ..Options::default() });
    let embedder = EndpointEmbedder::new(endpoint);
    let long = "tide ".repeat(200);
    let vectors = embed(&embedder, &texts(&["bread", &long, "salt"])).await;
    assert_eq!((vectors.len(), server.embedded_inputs()), (3, 3));
    assert_eq!(embedder.shortened(), 1);
    let sent: Vec<_> = server.requests().iter().map(|request| request.body["input"].clone()).collect();
    assert!(
        sent.iter().any(|input| input[0] == "bread") && sent.iter().any(|input| input[0] == "salt"),
        "{sent:?}"
    );
}

#[tokio::test]
async fn vectors_that_cannot_be_compared_are_refused() {
    let (server, endpoint) = start(Options::default());
    let embedder = EndpointEmbedder::new(endpoint);
    let tides = texts(&["tides"]);
    server.inject(Fault::Vectors(VectorFault::NotNormalised));
    let scaled = embed(&embedder, &tides).await;
    assert!((dot(&scaled[0], &scaled[0]) - 1.0).abs() < 1e-5);
    (0..2).for_each(|_| server.inject(Fault::Vectors(VectorFault::Zeros)));
    let zeros = embedder.embed_passages(&tides, Urgency::Background).await.expect_err("zeros");
    assert!(matches!(zeros, ModelError::ZeroVector { .. }), "{zeros}");
    server.inject(Fault::Vectors(VectorFault::Uneven));
    let shorter = embedder.embed_passages(&tides, Urgency::Background).await.expect_err("another length");
    assert!(matches!(shorter, ModelError::DimensionsChanged { .. }), "{shorter}");
}

/// How many of the texts have a vector, and the errors of the others.
async fn halved(embedder: &EndpointEmbedder, texts: &[String]) -> (usize, Vec<ErrorKind>) {
    let embedded = embedder.embed_passages(texts, Urgency::Background).await.expect("vectors for some");
    assert_eq!(embedded.len(), texts.len());
    let kind = |error| match error {
        ModelError::Endpoint(error) => error.kind(),
        error => panic!("{error}"),
    };
    let (vectors, errors): (Vec<_>, Vec<_>) = embedded.into_iter().partition(Result::is_ok);
    (vectors.len(), errors.into_iter().filter_map(Result::err).map(kind).collect())
}

#[tokio::test]
async fn a_text_that_the_endpoint_fails_at_costs_that_text() {
    let (server, endpoint) = start(Options { unembeddable: Some("dredger"), ..Options::default() });
    let embedder = EndpointEmbedder::new(endpoint);
    let passages: Vec<_> = (0..30)
        .map(|number| if number % 7 == 3 { format!("dredger {number}") } else { format!("tide {number}") })
        .collect();
    assert_eq!(halved(&embedder, &passages).await, (26, vec![ErrorKind::ServerFailed; 4]));
    assert!(embedder.embed_question("dredger?").await.is_err());

    let tides = texts(&["tides", "harbours", "lights"]);
    for component in [Component::NaN, Component::Null] {
        (0..2).for_each(|_| server.inject(Fault::Vectors(VectorFault::Component(component))));
        let not_finite = ErrorKind::Protocol(endpoint::Violation::NotFinite);
        assert_eq!(halved(&embedder, &tides).await, (2, vec![not_finite]), "{component:?}");
    }
    server.inject(Fault::Vectors(VectorFault::Missing));
    assert_eq!(halved(&embedder, &tides).await, (3, vec![]), "a vector that was only forgotten");
}

#[tokio::test]
async fn an_endpoint_that_fails_at_every_text_is_the_error() {
    let (server, endpoint) = start(Options::default());
    let embedder = EndpointEmbedder::new(endpoint);
    (0..20).for_each(|_| server.inject(Fault::status(500, "no")));
    let error = embedder
        .embed_passages(&texts(&["tides", "harbours"]), Urgency::Background)
        .await
        .expect_err("no vectors");
    assert!(matches!(error, ModelError::Endpoint(error) if error.kind() == ErrorKind::ServerFailed));
    assert!(server.requests().len() < 10, "{}", server.requests().len());
}

#[tokio::test]
async fn an_endpoint_that_fails_is_the_error() {
    let endpoint = Endpoint::new(
        endpoint::Profile::new("http://no-such-host.invalid"),
        Ledger::unkept(),
        Purpose::Answer,
    )
    .expect("a valid profile");
    let embedder = EndpointEmbedder::new(endpoint);
    let error = embedder.embed_question("tides?").await.expect_err("no host");
    assert!(matches!(error, ModelError::Endpoint(error) if error.kind() == ErrorKind::HostNotFound));
}
