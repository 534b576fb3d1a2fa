//! When a call is made again, and when not.

use std::time::{Duration, Instant};

use endpoint::{EmbeddingRequest, Endpoint, ErrorKind, Ledger, Purpose};
use testkit::loopback::{EMBEDDING_MODEL, Fault, Options};

use crate::{ask, question, start};

fn texts() -> EmbeddingRequest {
    EmbeddingRequest::new(EMBEDDING_MODEL, vec!["tides".to_owned()])
}

/// Whether a call succeeds after one such fault, and with how many requests.
async fn chat_after(fault: Fault) -> (bool, usize) {
    let (server, endpoint) = start(Options::default());
    server.inject(fault);
    (ask(&endpoint).await.1.is_none(), server.requests().len())
}

async fn embeddings_after(fault: Fault) -> (bool, usize) {
    let (server, endpoint) = start(Options::default());
    server.inject(fault);
    (endpoint.embeddings(&texts()).await.is_ok(), server.requests().len())
}

#[tokio::test]
async fn what_was_refused_for_now_is_asked_again() {
    for fault in [Fault::rate_limit("0"), Fault::status(502, "no"), Fault::status(503, "Loading model")] {
        assert_eq!(chat_after(fault.clone()).await, (true, 2), "{fault:?}");
        assert_eq!(embeddings_after(fault.clone()).await, (true, 2), "{fault:?}");
    }
}

#[tokio::test]
async fn what_may_have_been_paid_for_is_asked_again_only_where_it_is_cheap() {
    for fault in [Fault::status(500, "no"), Fault::HalfBody] {
        assert_eq!(embeddings_after(fault.clone()).await, (true, 2), "{fault:?}");
    }
    assert_eq!(chat_after(Fault::status(500, "no")).await, (false, 1));
    assert_eq!(chat_after(Fault::CloseAfter(0)).await, (false, 1));
}

#[tokio::test]
async fn a_failure_that_one_of_the_texts_may_have_caused_is_left_to_the_caller() {
    let (server, endpoint) = start(Options::default());
    for (fault, requests) in [(Fault::status(500, "no"), 1), (Fault::status(503, "no"), 3)] {
        server.inject(fault.clone());
        let worked = endpoint.try_embeddings(&texts()).await.is_ok();
        assert_eq!((worked, server.requests().len()), (requests == 3, requests), "{fault:?}");
    }
    assert!(endpoint.waits_after().is_none());
}

#[tokio::test]
async fn while_a_call_is_made_again_the_endpoint_tells_why() {
    let (server, endpoint) = start(Options::default());
    server.inject(Fault::rate_limit("5"));
    let waiting = async {
        while endpoint.waits_after().is_none() {
            tokio::task::yield_now().await;
        }
    };
    let texts = texts();
    tokio::select! {
        _ = endpoint.embeddings(&texts) => panic!("the wait is over before anything was told"),
        () = waiting => {}
    }
    let kind = endpoint.waits_after().map(|error| error.kind());
    assert_eq!(kind, Some(ErrorKind::RateLimited { retry_after: Some(Duration::from_secs(5)) }));
}

#[tokio::test]
async fn what_will_not_change_is_not_asked_again() {
    for fault in [Fault::status(401, "no"), Fault::status(402, "no"), Fault::rate_limit("3600"), Fault::Hang]
    {
        assert_eq!(embeddings_after(fault.clone()).await, (false, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn the_wait_that_the_endpoint_asks_for_is_kept() {
    let (server, endpoint) = start(Options::default());
    server.inject(Fault::rate_limit("0.3"));
    let start = Instant::now();
    endpoint.embeddings(&texts()).await.expect("vectors");
    assert!(start.elapsed() >= Duration::from_millis(300), "{:?}", start.elapsed());
}

#[tokio::test]
async fn asking_again_comes_to_an_end() {
    let (server, endpoint) = start(Options::default());
    (0..9).for_each(|_| server.inject(Fault::status(503, "no")));
    let error = endpoint.embeddings(&texts()).await.expect_err("an overloaded server");
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Unavailable, 4));
}

#[tokio::test]
async fn a_dropped_stream_ends_the_request() {
    let (server, endpoint) = start(Options { token_delay: Duration::from_millis(20), ..Options::default() });
    let chunks = endpoint.chat_stream(&question()).await.expect("a stream");
    drop(chunks);
    let patience = Instant::now() + Duration::from_secs(5);
    while server.disconnects() == 0 && Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.disconnects(), 1);
}

#[tokio::test]
async fn no_more_requests_than_allowed_are_under_way() {
    let (server, _) = start(Options { latency: Duration::from_millis(20), ..Options::default() });
    let profile = endpoint::Profile { concurrency: 3, ..crate::quick_profile(&server.base_url()) };
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    let request = texts();
    let calls = (0..12).map(|_| endpoint.embeddings(&request));
    assert!(futures::future::join_all(calls).await.iter().all(Result::is_ok));
    assert_eq!(server.most_in_flight(), 3);
}
