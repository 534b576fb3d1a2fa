//! Retrieval must not get worse: figures over documents of our own, with thresholds in a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use testkit::loopback::{Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};
use crate::reports;

fn fixture(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    serde_json::from_slice(&fs::read(root.join(name)).unwrap()).unwrap()
}

fn write_lines(footnote: &Footnote, name: &str, questions: &[Value]) -> PathBuf {
    let path = footnote.documents().join("..").join(name);
    let lines: Vec<String> = questions.iter().map(Value::to_string).collect();
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

/// A library of the reports and the sample, with a file of questions for each.
fn library(footnote: &Footnote) -> (PathBuf, PathBuf) {
    for (name, bytes) in reports::files() {
        footnote.write(&name, bytes);
    }
    footnote.add(&footnote.documents());
    footnote
        .add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/sample").canonicalize().unwrap());
    let sample = fixture("sample-questions.json").as_array().unwrap().clone();
    let sample: Vec<Value> = (0..)
        .zip(sample)
        .map(|(number, mut question)| {
            question["id"] = Value::from(format!("sample-{number}"));
            question["pages"] = question["page"].as_u64().into_iter().collect::<Vec<_>>().into();
            question
        })
        .collect();
    let reports = write_lines(footnote, "reports.jsonl", &reports::questions());
    let sample = write_lines(footnote, "sample.jsonl", &sample);
    (reports, sample)
}

/// The figures that are below their threshold.
fn too_low(results: &Value) -> Vec<String> {
    let thresholds = fixture("retrieval-thresholds.json");
    let mut low = Vec::new();
    for set in results["sets"].as_array().unwrap() {
        let name = set["set"].as_str().unwrap();
        let figures = &set["figures"];
        for (figure, threshold) in thresholds[name].as_object().unwrap() {
            let is = match figure.as_str() {
                "document_recall_at_1" => &figures["document_recall"][0],
                "page_recall_at_1" => &figures["page_recall"][0],
                "page_recall_at_5" => &figures["page_recall"][1],
                "page_recall_at_20" => &figures["page_recall"][3],
                "mrr" => &figures["mrr"],
                other => panic!("{other} is no figure"),
            };
            if is.as_f64().unwrap() < threshold.as_f64().unwrap() {
                low.push(format!("{name} {figure}: {is}"));
            }
        }
    }
    low
}

#[test]
fn the_right_page_is_found_and_missing_names_are_noticed() {
    let Some(footnote) = Footnote::with_shipped_model() else { return };
    let (reports, sample) = library(&footnote);
    let files = [reports.to_str().unwrap(), sample.to_str().unwrap()];
    let eval = |more: &[&str]| footnote.json(&[&["eval", files[0], files[1], "--json"], more].concat());
    let whole = eval(&[]);
    assert_eq!(too_low(&whole), Vec::<String>::new());
    assert_eq!(whole["figures"]["unanswerable"], 3);
    let without_names = too_low(&eval(&["--without", "names"]));
    assert!(!without_names.is_empty(), "the thresholds would not notice");
}

/// For each step documents that only it can tell apart, at several places, and the questions about them.
fn cases(footnote: &Footnote) -> BTreeMap<String, PathBuf> {
    let fixture = fixture("retrieval-cases.json");
    let texts = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
    let filler = texts(&fixture["filler"]).join(" ");
    let mut files = BTreeMap::new();
    for (step, case) in fixture["cases"].as_object().unwrap() {
        let mut questions = Vec::new();
        for (number, place) in texts(&fixture["places"]).iter().enumerate() {
            for (name, paragraphs) in case["documents"].as_object().unwrap() {
                let text = texts(paragraphs).join("\n\n");
                let text = text.replace("{place}", place).replace("{filler}", &filler);
                footnote.write(&format!("{step}-{number}-{name}.md"), text);
            }
            questions.push(json!({
                "id": number.to_string(),
                "question": case["question"].as_str().unwrap().replace("{place}", place),
                "document": format!("{step}-{number}-answer.md"),
                "pages": [1],
            }));
        }
        files.insert(step.clone(), write_lines(footnote, &format!("{step}.jsonl"), &questions));
    }
    footnote.add(&footnote.documents());
    files
}

#[test]
fn every_missing_step_is_noticed_where_it_matters() {
    // Its vectors are of words and letters alone, so that what each step adds can be told.
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    let cases = cases(&footnote);
    let files: Vec<&str> = cases.values().map(|file| file.to_str().unwrap()).collect();
    let low = |without: &[&str]| {
        too_low(&footnote.json(&[&["eval", "--json"], files.as_slice(), without].concat()))
    };
    assert_eq!(low(&[]), Vec::<String>::new());
    for step in cases.keys() {
        let low = low(&["--without", step]);
        assert!(low.iter().any(|figure| figure.starts_with(step)), "without {step} only: {low:?}");
    }
}

#[test]
fn a_page_that_the_question_names_comes_first() {
    let footnote = Footnote::new();
    library(&footnote);
    for page in 1..=6 {
        let question = format!("What does page {page} say of 2018? @BESTBOAT_2018_annual.pdf");
        let first = footnote.json(&["search", &question, "--json"])["passages"][0].take();
        let pages = first["page_first"].as_u64().unwrap()..=first["page_last"].as_u64().unwrap();
        assert!(pages.contains(&page), "{question} {first}");
    }
}

#[test]
fn a_question_is_explained_and_two_runs_are_compared() {
    let footnote = Footnote::new();
    let (reports, _) = library(&footnote);
    let reports = reports.to_str().unwrap();
    let explained = footnote.run(&["eval", reports, "--explain", "BESTBOAT-2018-4"]);
    let explained = String::from_utf8(explained.stdout).unwrap();
    assert!(explained.starts_with("BESTBOAT_2018_annual.pdf, page 4\n  lexical"), "{explained}");
    assert!(explained.contains("\n  fused     ") && explained.contains("\n  packed    "), "{explained}");

    let before = footnote.run(&["eval", reports, "--json", "--without", "names"]);
    let file = footnote.write("before.json", before.stdout);
    let compared = footnote.run(&["eval", reports, "--compare", file.to_str().unwrap()]);
    assert!(error_of(&compared).contains(" better, "), "{}", error_of(&compared));
    assert!(String::from_utf8_lossy(&compared.stdout).contains("document @1 @5 @10"));

    let right_documents = |more: &[&str]| {
        let results = footnote.json(&[&["eval", reports, "--json", "--without", "names"], more].concat());
        results["figures"]["document_recall"][0].as_f64().unwrap()
    };
    let (anywhere, within) = (right_documents(&[]), right_documents(&["--within"]));
    assert!(anywhere < 1.0 && (within - 1.0).abs() < f64::EPSILON, "{anywhere} {within}");
}

#[test]
fn answered_questions_become_known_ones() {
    let footnote = Footnote::new();
    footnote.write("tides.md", "# Tides\n\nThe highest tide of the year came to 4.71 metres in March.");
    footnote.add(&footnote.documents());
    footnote.ask("How high was the highest tide of the year?");
    let known = footnote.run(&["eval", "--from-answers"]).stdout;
    let file = footnote.write("mine.jsonl", &known);
    let results = footnote.json(&["eval", file.to_str().unwrap(), "--json"]);
    assert_eq!(results["figures"]["questions"], 1, "{}", String::from_utf8_lossy(&known));
    assert_eq!(results["figures"]["page_recall"][0], 1.0);
}

#[test]
fn a_citation_is_marked_as_right_and_the_mark_is_taken_back() {
    let footnote = Footnote::new();
    footnote.write("tides.md", "# Tides\n\nThe highest tide of the year came to 4.71 metres in March.");
    footnote.add(&footnote.documents());
    let message = footnote.ask("How high was the highest tide of the year?")["message"].to_string();
    let is_marked = || {
        let kept: Value =
            serde_json::from_slice(&footnote.run(&["conversations", "export", "1", "--json"]).stdout)
                .unwrap();
        kept["answers"][0]["answer"]["citations"][0]["marked_right"] == true
    };
    assert!(footnote.run(&["conversations", "mark", &message, "1"]).status.success());
    assert!(is_marked());
    assert!(footnote.run(&["conversations", "mark", &message, "1", "--undo"]).status.success());
    assert!(!is_marked());
    let missing = footnote.run(&["conversations", "mark", &message, "99"]);
    assert!(error_of(&missing).contains("This answer has "), "{}", error_of(&missing));
}
