//! Passages put in order by an endpoint's reranking model or by the chat model, and what it took.

use std::fs;

use serde_json::{Value, json};
use testkit::loopback::{Fault, Loopback, Options, RERANK_MODEL};

use crate::footnote::{Footnote, KEY};

const QUESTION: &str = "When was the harbour light lit?";

fn with_two_lights() -> (Loopback, Footnote) {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.write("quay.md", "# Quay\n\nThe quay light shows where ships may land.\n");
    footnote.add(&footnote.documents());
    (loopback, footnote)
}

fn titles(found: &Value) -> Vec<String> {
    let passages = found["passages"].as_array().unwrap().iter();
    passages.map(|passage| passage["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_reranking_model_has_the_last_word_and_its_tokens_are_told() {
    let (loopback, footnote) = with_two_lights();
    let search = ["search", QUESTION, "--json", "--rerank-model", RERANK_MODEL];
    assert_eq!(titles(&footnote.json(&search)), ["Light", "Quay"]);

    // The question's vector, then the order.
    loopback.inject(Fault::NoDone);
    let results = json!([{"index": 1, "relevance_score": 0.9}, {"index": 0, "relevance_score": 0.1}]);
    loopback.inject(Fault::Body(json!({"results": results, "usage": {"total_tokens": 77}}).to_string()));
    let found = footnote.json(&search);
    assert_eq!(titles(&found), ["Quay", "Light"]);
    assert_eq!(loopback.requests().last().unwrap().path, "/v1/rerank");
    assert_eq!(found["reranking"]["usage"]["prompt_tokens"], 77);
    assert!(found["timings_ms"]["rerank"].as_f64().unwrap() > 0.0);

    let answer = footnote.json(&["ask", QUESTION, "--json", "--rerank-model", RERANK_MODEL]);
    assert!(answer["reranking"]["usage"]["prompt_tokens"].as_u64().unwrap() > 10, "{answer}");
}

#[test]
fn the_chat_model_puts_passages_in_order_at_its_price() {
    let (loopback, footnote) = with_two_lights();
    let prices = json!({"prices": {"prompt": 1000.0, "completion": 2000.0}});
    fs::write(footnote.library().join("settings.json"), prices.to_string()).unwrap();
    // The question's vector, then a chat that does not say what it took.
    loopback.inject(Fault::NoDone);
    loopback.inject(Fault::NoUsage);
    let found = footnote.json(&["search", QUESTION, "--json", "--rerank-model", "chat"]);
    assert_eq!(loopback.requests().last().unwrap().path, "/v1/chat/completions");
    let usage = &found["reranking"]["usage"];
    let tokens = |name: &str| usage[name].as_f64().unwrap();
    let cost = (tokens("prompt_tokens") * 1000.0 + tokens("completion_tokens") * 2000.0) / 1e6;
    assert!(cost > 0.0 && (tokens("estimated_cost") - cost).abs() < 1e-9, "{usage}");
}

#[test]
fn an_evaluation_tells_what_reranking_took() {
    let (_loopback, footnote) = with_two_lights();
    let question = json!({"id": "1", "question": QUESTION, "document": "light.md", "pages": [1]});
    let file = footnote.write("questions.jsonl", question.to_string());
    let file = file.to_str().unwrap();
    let printed = footnote.run(&["eval", file, "--rerank-model", RERANK_MODEL]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.contains("Reranking: ") && printed.contains(" tokens read, 0 written."), "{printed}");
    let without = footnote.run(&["eval", file]);
    assert!(!String::from_utf8(without.stdout).unwrap().contains("Reranking"));
}
