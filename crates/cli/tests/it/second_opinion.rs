//! Answers by another model, and what a model thinks of an answer's citations.

use serde_json::json;
use testkit::loopback::{CHAT_MODEL, Fault, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

const QUESTION: &str = "When was the harbour light first lit?";

fn with_a_light(loopback: &Loopback) -> Footnote {
    let footnote = Footnote::with_endpoint(loopback);
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    footnote
}

/// The reply of a chat model, in whole.
fn reply(text: &str) -> Fault {
    let choice =
        json!({"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}});
    let usage = json!({"prompt_tokens": 90, "completion_tokens": 12, "total_tokens": 102});
    Fault::Body(
        json!({"object": "chat.completion", "model": CHAT_MODEL, "choices": [choice], "usage": usage})
            .to_string(),
    )
}

#[test]
fn a_chat_model_is_asked_once_about_all_citations_and_what_it_says_is_kept() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_a_light(&loopback);
    // The question's vector, and the answer.
    loopback.inject(Fault::NoDone);
    loopback.inject(Fault::NoDone);
    loopback
        .inject(reply(r#"{"statement": 1, "verdict": "partly", "reason": "The <b>month</b> is missing."}"#));
    let answer = footnote.json(&["ask", QUESTION, "--second-opinion", "--json"]);

    let opinion = &answer["second_opinion"];
    assert_eq!(opinion["model"], CHAT_MODEL);
    let expected = json!([{"citation": 0, "support": "partly", "reason": "The <b>month</b> is missing."}]);
    assert_eq!(opinion["opinions"], expected);
    assert_eq!(answer["citations"][0]["facts"]["wording"], "word_for_word", "the facts stay what they were");
    let asked = loopback.requests().last().unwrap().body["messages"][1]["content"].to_string();
    assert!(asked.contains("1. (cites source 1) The harbour light was first lit in 1871"), "{asked}");

    let kept = footnote.run(&["conversations", "export", "1", "--json"]);
    let kept: serde_json::Value = serde_json::from_slice(&kept.stdout).unwrap();
    assert_eq!(kept["answers"][0]["answer"]["second_opinion"], *opinion);
    let tokens = |usage: &serde_json::Value| usage["prompt_tokens"].as_u64().unwrap();
    assert_eq!(
        tokens(&kept["usage"]),
        tokens(&answer["usage"]) + 90,
        "the conversation's usage holds both calls"
    );
}

#[test]
fn what_cannot_be_read_is_no_opinion() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_a_light(&loopback);
    loopback.inject(Fault::NoDone);
    loopback.inject(Fault::NoDone);
    loopback.inject(reply("All fine!"));
    let output = footnote.run(&["ask", QUESTION, "--second-opinion"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_of(&output).contains("no opinion"), "{}", error_of(&output));
    let output = Footnote::new().run(&["ask", QUESTION, "--second-opinion"]);
    assert!(error_of(&output).contains("endpoint"), "the built-in model has none: {}", error_of(&output));
}
