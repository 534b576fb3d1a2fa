//! How fast streams are read, and how much of an endpoint's throughput for embeddings is used.
//!
//! `cargo bench -p endpoint` prints one JSON line for each.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use endpoint::{ChatMessage, ChatRequest, EmbeddingRequest, Endpoint, Ledger, Profile, Purpose};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use testkit::loopback::{CHAT_MODEL, EMBEDDING_MODEL, Fault, Loopback, Options};

const LATENCY: Duration = Duration::from_millis(50);
const SLOTS: usize = 8;
const CALLS: usize = 400;
const TEXTS_A_CALL: usize = 4;
const EVENTS: usize = 200_000;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(stream_events());
    // As many calls as slots, and two more, which wait at the endpoint while an answer is on its way here.
    for in_flight in [SLOTS, SLOTS + 2] {
        runtime.block_on(embedding_throughput(in_flight));
    }
}

/// A body of many events, over the loopback: the server's part is one write.
async fn stream_events() {
    let server = Loopback::start(Options { records_bodies: false, ..Options::default() })
        .expect("the loopback starts");
    let event = json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": CHAT_MODEL,
        "choices": [{"index": 0, "delta": {"content": " tide"}, "finish_reason": null}],
    });
    let body = format!("data: {event}\n\n").repeat(EVENTS) + "data: [DONE]\n\n";
    let megabytes = body.len() as f64 / 1e6;
    server.inject(Fault::Body(body));
    let endpoint = Endpoint::new(Profile::new(server.base_url()), Ledger::unkept(), Purpose::Answer)
        .expect("a valid profile");
    let request = ChatRequest {
        model: CHAT_MODEL.to_owned(),
        messages: vec![ChatMessage::user("tides?")],
        ..ChatRequest::default()
    };
    let start = Instant::now();
    let mut chunks = endpoint.chat_stream(&request).await.expect("a stream");
    let mut read = 0;
    while let Some(chunk) = chunks.next().await {
        black_box(chunk.expect("no error"));
        read += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(read, EVENTS);
    print(&json!({
        "bench": "stream_events",
        "events_per_second": (EVENTS as f64 / seconds).round(),
        "megabytes_per_second": (megabytes / seconds).round(),
    }));
}

/// Calls against an endpoint that works on eight at a time, each for 50 ms and what its vectors take.
async fn embedding_throughput(in_flight: usize) {
    let options = Options { latency: LATENCY, slots: SLOTS, records_bodies: false, ..Options::default() };
    let server = Loopback::start(options).expect("the loopback starts");
    let profile = Profile { concurrency: in_flight, ..Profile::new(server.base_url()) };
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    let text = "The harbour master logs every tide at the gauge by the lock. ".repeat(8);
    let call = |_| {
        let request = EmbeddingRequest::new(EMBEDDING_MODEL, vec![text.clone(); TEXTS_A_CALL]);
        let endpoint = &endpoint;
        async move { endpoint.embeddings(&request).await.expect("vectors").vectors.len() }
    };
    // Connections are made, buffers have their size.
    stream::iter(0..in_flight * 4).map(call).buffer_unordered(in_flight).count().await;
    let memory_before = resident_megabytes();
    let work_before = server.time_at_work();
    let start = Instant::now();
    let vectors: usize = stream::iter(0..CALLS)
        .map(call)
        .buffer_unordered(in_flight)
        .fold(0, async |all, one| all + one)
        .await;
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(vectors, CALLS * TEXTS_A_CALL);
    // What its slots could have worked in the same time; the rest they waited for this client.
    let work = (server.time_at_work() - work_before).as_secs_f64() / (SLOTS as f64 * seconds);
    print(&json!({
        "bench": "embedding_throughput",
        "in_flight": in_flight,
        "calls_per_second": (CALLS as f64 / seconds).round(),
        "share_of_the_possible": (work * 1000.0).round() / 1000.0,
        "memory_growth_mb": resident_megabytes() - memory_before,
    }));
}

fn print(line: &Value) {
    writeln!(std::io::stdout(), "{line}").expect("standard output takes a line");
}

/// Of this process, server included; 0 where the system does not tell.
fn resident_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    (kilobytes / 102.4).round() / 10.0
}
