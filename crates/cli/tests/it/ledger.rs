//! What left the computer, as `footnote ledger` tells it.

use std::fs;
use std::time::Duration;

use serde_json::Value;
use testkit::loopback::{CHAT_MODEL, EMBEDDING_MODEL, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

const SECRET: &str = "The lamp was lit in 1871.";

fn ledger(footnote: &Footnote) -> Value {
    footnote.json(&["ledger", "--last", "100", "--json"])
}

#[test]
fn without_an_endpoint_nothing_has_left() {
    let footnote = Footnote::new();
    footnote.write("lamp.txt", SECRET);
    footnote.add(&footnote.documents());
    footnote.ask("When was the lamp lit?");
    let said = String::from_utf8(footnote.run(&["ledger"]).stdout).unwrap();
    assert_eq!(said, "Nothing has left this computer.\n");
    assert_eq!(ledger(&footnote)["requests"], serde_json::json!([]));
    assert!(!footnote.library().join("ledger.db").exists(), "nothing was made for it");
}

#[test]
fn each_request_is_there_with_its_purpose_and_without_a_text_or_the_key() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("lamp.txt", SECRET);
    footnote.add(&footnote.documents());
    footnote.json(&["ask", "When was the lamp lit?", "--second-opinion", "--json"]);
    footnote.run(&["endpoint", "check"]);
    let ledger = ledger(&footnote);
    let requests = ledger["requests"].as_array().unwrap();
    assert_eq!(requests.len(), loopback.requests().len(), "one entry for each request that arrived");
    let of = |purpose: &str| {
        requests.iter().filter(|request| request["purpose"] == purpose).cloned().collect::<Vec<_>>()
    };
    for (purpose, model) in [
        ("embed-documents", EMBEDDING_MODEL),
        ("embed-questions", EMBEDDING_MODEL),
        ("answer", CHAT_MODEL),
        ("judge", CHAT_MODEL),
    ] {
        let requests = of(purpose);
        assert!(!requests.is_empty(), "{purpose}: {ledger}");
        for request in requests {
            assert_eq!((&request["model"], &request["is_local"]), (&model.into(), &true.into()), "{request}");
            assert_eq!(request["outcome"]["code"], "answered", "{request}");
            assert!(request["characters"].as_u64() > Some(0), "{request}");
            assert!(request["prompt_tokens"].as_u64() > Some(0), "{request}");
        }
    }
    assert!(!of("try-endpoint").is_empty());
    let summed: u64 =
        ledger["sums"].as_array().unwrap().iter().filter_map(|sum| sum["requests"].as_u64()).sum();
    assert_eq!(summed as usize, requests.len());

    let said = String::from_utf8(footnote.run(&["ledger", "--last", "3"]).stdout).unwrap();
    assert!(
        said.starts_with("Nothing has left this computer.\nWent to servers on this computer on "),
        "{said}"
    );
    assert!(said.contains("Embedding of documents at 127.0.0.1:"), "{said}");
    for entry in fs::read_dir(footnote.library()).unwrap().map(|entry| entry.unwrap().path()) {
        let is_ledger = entry.file_name().unwrap().to_string_lossy().starts_with("ledger.");
        let bytes = if is_ledger { fs::read(entry).unwrap() } else { Vec::new() };
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(KEY) && !holds("lamp"));
    }
}

/// What was under way has been sent, and no end of it is known.
#[test]
fn a_request_is_noted_though_the_process_is_killed_before_its_end() {
    let options =
        Options { key: Some(KEY.to_owned()), latency: Duration::from_secs(5), ..Options::default() };
    let loopback = Loopback::start(options).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("lamp.txt", SECRET);
    let documents = footnote.documents();
    let mut job = footnote.start(&["add", documents.to_str().unwrap()]);
    while loopback.requests().is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    job.kill().unwrap();
    job.wait().unwrap();
    let ledger = ledger(&footnote);
    assert_eq!(ledger["requests"].as_array().unwrap().len(), loopback.requests().len(), "{ledger}");
    assert_eq!(ledger["requests"][0]["outcome"], Value::Null);
    let said = footnote.run(&["ledger", "--last", "1"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("no end known"), "{}", error_of(&said));
}
