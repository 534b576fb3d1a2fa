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
fn a_chat_model_is_asked_once_about_all_sentences_and_what_it_says_is_kept() {
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
    assert!(opinion["milliseconds"].as_f64().unwrap() > 0.0);
    assert_eq!(answer["citations"][0]["facts"]["wording"], "word_for_word", "the facts stay what they were");
    let asked = loopback.requests().last().unwrap().body["messages"][1]["content"].to_string();
    assert!(asked.contains("1. (cites 1) The harbour light was first lit in 1871"), "{asked}");

    let kept = footnote.run(&["conversations", "export", "1", "--json"]);
    let kept: serde_json::Value = serde_json::from_slice(&kept.stdout).unwrap();
    assert_eq!(kept["answers"][0]["answer"]["second_opinion"], *opinion);
    let tokens = |usage: &serde_json::Value| usage["prompt_tokens"].as_u64().unwrap();
    assert_eq!(
        tokens(&kept["usage"]),
        tokens(&answer["usage"]) + 90,
        "the conversation's usage holds both calls"
    );
    let written = footnote.run(&["conversations", "export", "1"]);
    let written = String::from_utf8_lossy(&written.stdout).into_owned();
    let expected = format!("Second opinion of {CHAT_MODEL} (102 tokens, ");
    assert!(written.contains(&expected) && written.contains("- \\[1\\] partly supported: The"), "{written}");
}

#[test]
fn where_it_is_set_it_comes_right_behind_each_answer_and_may_be_left_out_for_one() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_a_light(&loopback);
    let ask = |arguments: &[&str]| {
        let mut command = footnote.command(&["ask", QUESTION, "--json"]);
        let output = command.args(arguments).env("FOOTNOTE_SECOND_OPINION", "always").output().unwrap();
        assert!(output.status.success(), "{}", error_of(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let events = ask(&["--stream"]);
    let events: Vec<serde_json::Value> =
        events.lines().map(|event| serde_json::from_str(event).unwrap()).collect();
    let [.., asking, done] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((&asking["event"], &done["event"]), (&json!("asking_opinion"), &json!("done")));
    assert_eq!(asking["answer"]["second_opinion"], json!(null));
    let judged = &done["answer"]["second_opinion"]["opinions"][0];
    assert_eq!((&judged["citation"], &judged["support"]), (&json!(0), &json!("supported")));

    let without: serde_json::Value = serde_json::from_str(&ask(&["--second-opinion=never"])).unwrap();
    assert_eq!(without["second_opinion"], json!(null));
}

#[test]
fn a_failure_costs_the_opinion_and_never_the_answer() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_a_light(&loopback);
    let ask = |fault: Fault| {
        loopback.inject(Fault::NoDone);
        loopback.inject(Fault::NoDone);
        loopback.inject(fault);
        let output = footnote.run(&["ask", QUESTION, "--second-opinion"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("first lit in 1871"), "{said}{}", error_of(&output));
        (said, error_of(&output))
    };
    let (said, _) = ask(reply("All fine!"));
    assert!(said.contains("\n[1] not judged"), "{said}");
    for fault in [Fault::status(401, "No."), Fault::CloseAfter(2)] {
        let (said, error) = ask(fault);
        assert!(
            error.contains("There is no second opinion: ") && !said.contains("Second opinion"),
            "{error}"
        );
    }
    let footnote = Footnote::new();
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    let output = footnote.run(&["ask", QUESTION, "--second-opinion"]);
    assert!(error_of(&output).contains("endpoint"), "the built-in model has none: {}", error_of(&output));
}
