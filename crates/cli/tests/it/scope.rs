//! Questions about some of the documents only.

use std::fs;

use serde_json::Value;

use crate::footnote::{Footnote, error_of};

fn with_two_years() -> Footnote {
    let footnote = Footnote::new();
    fs::create_dir(footnote.documents().join("Reports")).unwrap();
    footnote
        .write("Reports/tides 2023.md", "# Tides\n\nThe mean range at the quay was 5.8 metres in 2023.\n");
    footnote.write("tides 2024.txt", "The mean range at the quay was 6.1 metres in 2024.\n");
    footnote.add(&footnote.documents());
    footnote
}

fn names(found: &Value) -> Vec<&str> {
    let passages = found["passages"].as_array().unwrap().iter();
    passages.map(|passage| passage["document"].as_str().unwrap().rsplit('/').next().unwrap()).collect()
}

#[test]
fn filters_in_the_words_and_beside_them_mean_the_same() {
    let footnote = with_two_years();
    let (older, newer) = ("tides 2023.md", "tides 2024.txt");
    for (words, flags, expected) in [
        ("@\"tides 2024.txt\"", ["--document", "tides 2024.txt"], newer),
        ("@2023", ["--document", "*2023*"], older),
        ("type:md", ["--type", "md"], older),
        ("type:TXT", ["--type", "txt"], newer),
        ("folder:reports", ["--document", "**/reports/*"], older),
    ] {
        let query = format!("mean range at the quay {words}");
        assert_eq!(names(&footnote.json(&["search", &query, "--json"])), [expected], "{words}");
        let beside = ["search", "mean range at the quay", "--json"].into_iter().chain(flags);
        assert_eq!(names(&footnote.json(&beside.collect::<Vec<_>>())), [expected], "{flags:?}");
    }
    let all = footnote.json(&["search", "mean range at the quay after:2020", "--json"]);
    assert_eq!(names(&all).len(), 2);
    let none = footnote.json(&["search", "mean range at the quay before:2020", "--json"]);
    assert_eq!((names(&none).len(), none["coverage"]["searched"].as_u64()), (0, Some(0)));
}

#[test]
fn an_answer_comes_from_the_documents_that_were_asked_and_says_which() {
    let footnote = with_two_years();
    let answer = footnote.json(&["ask", "What was the mean range at the quay? @2023", "--json"]);
    assert!(answer["answer"].as_str().unwrap().contains("5.8"), "{answer}");
    assert_eq!(answer["filters"], serde_json::json!(["@2023"]));
    assert_eq!(answer["question"], "What was the mean range at the quay? @2023");

    let refused = footnote.run(&["ask", "What was the mean range? after:Tuesday", "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(error_of(&refused).contains("“Tuesday” is no date"), "{}", error_of(&refused));
}
