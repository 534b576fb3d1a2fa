//! The embedding model in this process: there, missing, or another one than before.

use std::fs;
use std::path::Path;

use serde_json::Value;
use testkit::tiny_models;

use crate::footnote::{Footnote, error_of};

fn search(footnote: &Footnote) -> Value {
    let found = footnote.json(&["search", "harbour light", "--json"]);
    assert!(!found["passages"].as_array().unwrap().is_empty(), "{found}");
    found
}

fn is_searched_by_meaning(footnote: &Footnote) -> bool {
    search(footnote)["coverage"]["words_alone"] == false
}

#[test]
fn without_a_model_words_are_searched_and_each_command_says_so_until_there_is_one() {
    let footnote = Footnote::without_models();
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    let added = footnote.run(&["add", footnote.documents().to_str().unwrap()]);
    let status = footnote.run(&["status"]);
    for said in [error_of(&added), String::from_utf8_lossy(&status.stdout).into_owned()] {
        assert!(said.contains("Only words are searched"), "{said}");
    }
    assert!(error_of(&added).contains("1 page, 1 chunk"), "{}", error_of(&added));
    assert!(error_of(&footnote.run(&["search", "harbour"])).contains("by words alone"));
    let question = r#"{"id": "q1", "question": "When was the light lit?", "document": "light.md"}"#;
    let questions = footnote.write("questions.jsonl", question);
    let measured = footnote.run(&["eval", questions.to_str().unwrap()]);
    assert!(error_of(&measured).contains("by words alone"), "{}", error_of(&measured));
    assert_eq!(footnote.status()["models"]["embed"], Value::Null);
    assert!(!is_searched_by_meaning(&footnote));
    let answer = footnote.ask("When was the harbour light first lit?");
    assert_eq!((&answer["refused"], &answer["coverage"]["words_alone"]), (&false.into(), &true.into()));

    tiny_models::write_sentence_vectors(&footnote.models().join("all-minilm-l6-v2"), "tiny").unwrap();
    let status = String::from_utf8(footnote.run(&["status"]).stdout).unwrap();
    assert!(
        status.contains("Embeddings by tiny") && status.contains("footnote sync embeds them: 1 chunk"),
        "{status}"
    );
    footnote.json(&["sync", "--json"]);
    assert!(is_searched_by_meaning(&footnote));
}

#[test]
fn with_a_damaged_model_words_are_searched_and_each_answer_says_so() {
    let footnote = Footnote::new();
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    assert!(is_searched_by_meaning(&footnote));
    fs::write(footnote.models().join("all-minilm-l6-v2/model.onnx"), "cut off").unwrap();
    assert!(!is_searched_by_meaning(&footnote));
    let answer = footnote.ask("When was the harbour light first lit?");
    assert_eq!((&answer["refused"], &answer["coverage"]["words_alone"]), (&false.into(), &true.into()));
}

#[test]
fn a_library_with_vectors_of_another_model_is_searched_by_words_until_a_sync() {
    let footnote = Footnote::new();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/libraries/schema-6.db");
    fs::create_dir(footnote.library()).unwrap();
    fs::copy(old, footnote.library().join("library.db")).unwrap();
    let counts = || (footnote.status()["chunks"].as_u64(), footnote.status()["vectors"].as_u64());
    assert_eq!(counts(), (Some(2), Some(0)));
    assert!(!is_searched_by_meaning(&footnote));
    footnote.json(&["sync", "--json"]);
    assert_eq!(counts(), (Some(2), Some(2)));
    assert!(is_searched_by_meaning(&footnote));
}

#[test]
fn an_installed_reranker_puts_passages_in_order_and_its_time_is_told() {
    let footnote = Footnote::new();
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.write("quay.md", "# Quay\n\nThe harbour light of the quay shows where ships may land.\n");
    footnote.add(&footnote.documents());
    assert_eq!(search(&footnote)["reranking"], Value::Null);

    tiny_models::write_relevance(&footnote.models().join("tiny-reranker"), "tiny-reranker").unwrap();
    let found = search(&footnote);
    assert!(found["reranking"]["milliseconds"].as_f64().unwrap() > 0.0, "{found}");
    let said = error_of(&footnote.run(&["search", "harbour light"]));
    assert!(said.contains("Put in order in ") && !said.contains("token"), "{said}");
}

#[test]
fn an_installed_verifier_judges_each_sentence_without_an_endpoint() {
    let footnote = Footnote::new();
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    let labels = ["entailment", "neutral", "contradiction"];
    tiny_models::write_entailment(&footnote.models().join("tiny-verifier"), "tiny-verifier", labels).unwrap();
    assert_eq!(footnote.status()["models"]["judge"]["name"], "tiny-verifier");
    let question = "When was the harbour light first lit?";
    let answer = footnote.json(&["ask", question, "--second-opinion", "always", "--json"]);
    let opinion = &answer["second_opinion"];
    assert_eq!((&opinion["model"], &opinion["usage"]["prompt_tokens"]), (&"tiny-verifier".into(), &0.into()));
    let judged = &opinion["opinions"][0];
    let reason = judged["reason"].as_str().unwrap();
    assert!(
        judged["support"].is_string() && labels.iter().any(|label| reason.starts_with(label)),
        "{opinion}"
    );
}
