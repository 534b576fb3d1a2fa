//! The whole road over HTTP: the loopback endpoint serves the built-in models in the endpoint's wire format.

use serde_json::{Value, json};
use testkit::documents::pdf;
use testkit::loopback::{Fault, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

fn loopback() -> Loopback {
    Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap()
}

fn with_documents(loopback: &Loopback) -> Footnote {
    let footnote = Footnote::with_endpoint(loopback);
    footnote.write(
        "tides.pdf",
        pdf(&[
            &["The tide gauge stands at the north quay.", "It is read at noon and at midnight."],
            &["The harbour light was first lit in October 1871.", "It burned colza oil until 1932."],
        ]),
    );
    footnote.write("costs.md", "# Costs\n\nThe new gauge cost 1,577 euros in 2018.\n");
    footnote
}

fn events(output: &std::process::Output) -> Vec<Value> {
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_answer_streams_in_with_citations_that_stand_on_their_pages() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    let summary = footnote.add(&footnote.documents());
    assert_eq!((summary["added"].as_u64(), summary["outcome"].as_str()), (Some(2), Some("completed")));

    let output = footnote.run(&["ask", "When was the harbour light first lit?", "--json", "--stream"]);
    assert!(output.status.success(), "{}", error_of(&output));
    let events = events(&output);
    let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names.first(), Some(&"passages"));
    assert_eq!(names.last(), Some(&"done"));
    assert!(names.iter().filter(|name| **name == "token").count() > 3, "{names:?}");
    assert!(names.contains(&"citation"), "{names:?}");

    let answer = &events.last().unwrap()["answer"];
    let tokens: String = events.iter().filter_map(|event| event["text"].as_str()).collect();
    assert_eq!(tokens.trim_end(), answer["answer"].as_str().unwrap());
    let citation = &answer["citations"][0];
    assert_eq!(citation["page"], 2);
    assert!(citation["document"].as_str().unwrap().ends_with("tides.pdf"));
    assert!(citation["quote"].as_str().unwrap().contains("first lit in October 1871"), "{citation}");
    assert_eq!((&citation["facts"]["near"], &citation["support"]), (&json!(true), &Value::Null));
    assert!(answer["usage"]["prompt_tokens"].as_u64().unwrap() > 0);
    assert_eq!(answer["usage"]["estimated"], false, "the last chunk of the stream told the usage");
    assert_eq!(answer["coverage"]["searched"], 2);
}

#[test]
fn no_text_is_embedded_twice_and_only_questions_carry_the_instruction() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    let embedded = loopback.embedded_inputs();
    footnote.add(&footnote.documents());
    assert_eq!(loopback.embedded_inputs(), embedded);

    footnote.json(&["search", "harbour light", "--json"]);
    let requests = loopback.requests();
    let inputs: Vec<String> = requests.iter().map(|request| request.body["input"].to_string()).collect();
    let instruction = "Represent this sentence for searching relevant passages: ";
    assert!(inputs.last().unwrap().contains(&format!("{instruction}harbour light")));
    assert!(inputs[..inputs.len() - 1].iter().all(|input| !input.contains(instruction)));
}

#[test]
fn a_wrong_key_is_said_to_be_so_and_nothing_is_lost() {
    let loopback = loopback();
    let footnote = with_documents(&loopback).at(&loopback.base_url(), "sk-wrong-77");
    let output = footnote.run(&["add", footnote.documents().to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let said = error_of(&output);
    assert!(said.to_lowercase().contains("key"), "{said}");
    assert!(!said.contains("sk-wrong-77"), "the key is never shown");
    let status = footnote.status();
    assert_eq!((status["documents"].as_u64(), status["vectors"].as_u64()), (Some(2), Some(0)));

    let footnote = footnote.at(&loopback.base_url(), KEY);
    footnote.json(&["sync", "--json"]);
    let status = footnote.status();
    assert_eq!(status["vectors"], status["chunks"], "the next job embeds what the first one could not");
}

#[test]
fn an_endpoint_that_is_down_costs_neither_the_library_nor_the_question() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    let base_url = loopback.base_url();
    drop(loopback);
    let output = footnote.run(&["ask", "When was the light lit?", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let host = base_url.trim_start_matches("http://").split('/').next().unwrap();
    assert!(error_of(&output).contains(host), "{}", error_of(&output));
    assert_eq!(footnote.status()["documents"], 2);
}

#[test]
fn what_an_endpoint_sent_before_it_broke_off_is_kept() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    footnote.json(&["search", "harbour light", "--json"]);
    // The next request embeds the question; the one after it is the answer.
    loopback.inject(Fault::NoUsage);
    loopback.inject(Fault::CloseAfter(5));
    let output = footnote.run(&["ask", "When was the harbour light first lit?", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", error_of(&output));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["state"], "broken_off");
    assert!(!answer["answer"].as_str().unwrap().is_empty());
    assert!(answer["error"]["message"].as_str().is_some());
}

#[test]
fn a_follow_up_is_rewritten_by_the_model_and_searched_for_like_that() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    footnote.json(&["ask", "Where does the tide gauge stand?", "--json"]);

    let rewritten = "When was the harbour light first lit?";
    loopback.inject(Fault::Body(format!(
        r#"{{"choices":[{{"index":0,"message":{{"role":"assistant","content":"<think>The light.</think>\n{rewritten}"}},"finish_reason":"stop"}}],
            "usage":{{"prompt_tokens":1000,"completion_tokens":10,"total_tokens":1010}}}}"#
    )));
    let answer = footnote.json(&["ask", "And since when does it burn?", "--json", "--conversation", "1"]);
    assert_eq!(answer["standalone"], rewritten);
    assert!(answer["answer"].as_str().unwrap().contains("October 1871"), "{answer}");
    assert!(answer["usage"]["prompt_tokens"].as_u64().unwrap() > 1000, "the rewriting counts too: {answer}");

    let asked = loopback.requests().into_iter().filter(|request| request.path.ends_with("/chat/completions"));
    let asked: Vec<Value> = asked.map(|request| request.body).collect();
    let rewriting = asked[1]["messages"].to_string();
    assert!(rewriting.contains("Where does the tide gauge stand?"), "{rewriting}");
    assert!(!rewriting.contains("<source"), "no document is needed for it");
    assert_eq!(asked[2]["messages"][1]["content"], "Where does the tide gauge stand?");
}

#[test]
fn a_follow_up_whose_rewriting_fails_is_asked_as_it_is() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    footnote.json(&["ask", "Where does the tide gauge stand?", "--json"]);
    loopback.inject(Fault::HalfBody);
    let ask = ["ask", "When was the harbour light first lit?", "--json", "--conversation", "1"];
    let answer = footnote.json(&ask);
    assert_eq!(answer["standalone"], Value::Null);
    assert!(answer["answer"].as_str().unwrap().contains("October 1871"), "{answer}");
}

#[test]
fn a_question_that_nothing_bears_on_is_put_to_no_model_and_refused_like_any_other() {
    let loopback = loopback();
    let footnote = with_documents(&loopback);
    footnote.add(&footnote.documents());
    let calls = |question: &str| {
        let before = loopback.requests().len();
        let answer = footnote.ask(question);
        assert_eq!((answer["refused"].as_bool(), answer["answer"].as_str()), (Some(true), Some("")));
        assert!(!answer["passages"].as_array().unwrap().is_empty(), "the closest ones");
        loopback.requests()[before..].iter().map(|request| request.path.clone()).collect::<Vec<_>>()
    };
    let embedded = "/v1/embeddings".to_owned();
    let nothing = "Which of the Byzantine emperors was crowned at the altar in Ravenna?";
    assert_eq!(calls(nothing), std::slice::from_ref(&embedded));
    let a_year = "Which of the Byzantine emperors was crowned at the altar in October 1871?";
    assert_eq!(calls(a_year), [embedded, "/v1/chat/completions".to_owned()]);
}
