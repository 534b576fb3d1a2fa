//! The sample library answers the questions that it was written for.

use std::path::Path;

use serde_json::Value;

use crate::footnote::Footnote;

#[test]
fn the_sample_answers_its_questions_from_the_right_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let questions = std::fs::read(root.join("tests/fixtures/sample-questions.json")).unwrap();
    let questions: Vec<Value> = serde_json::from_slice(&questions).unwrap();
    let Some(footnote) = Footnote::with_shipped_model() else { return };
    let summary = footnote.add(&root.join("src-tauri/sample"));
    assert_eq!(summary["failures"].as_array().unwrap().len(), 0, "{summary}");

    let (mut right, mut refused) = (0, 0);
    let (unanswerable, answerable): (Vec<_>, Vec<_>) =
        questions.iter().partition(|question| question["unanswerable"] == true);
    for question in &answerable {
        let answer = footnote.ask(question["question"].as_str().unwrap());
        let citations = answer["citations"].as_array().unwrap();
        let hit = citations.iter().any(|citation| {
            let quote = citation["quote"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
            citation["page"] == question["page"]
                && citation["document"].as_str().unwrap().ends_with(question["document"].as_str().unwrap())
                && quote.contains(question["quote"].as_str().unwrap())
        });
        right += usize::from(hit);
        if !hit {
            println!("{}\n  {}", question["question"], answer["answer"]);
        }
    }
    for question in &unanswerable {
        refused += usize::from(footnote.ask(question["question"].as_str().unwrap())["refused"] == true);
    }
    println!("{right} of {} answered, {refused} of {} refused", answerable.len(), unanswerable.len());
    assert!(right * 3 >= answerable.len() * 2, "{right} of {}", answerable.len());
    assert!(refused * 3 >= unanswerable.len() * 2, "{refused} of {}", unanswerable.len());
}
