//! Another embedding model: what it takes is told before, the former one is searched by meanwhile, and the way back is short.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::loopback::{EMBEDDING_MODEL, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

const DOCUMENTS: usize = 40;

fn is_searched_by_meaning(footnote: &Footnote, flags: &[&str]) -> bool {
    let found = footnote.json(&[flags, &["search", "observation at the quay", "--json"]].concat());
    assert!(!found["passages"].as_array().unwrap().is_empty(), "{found}");
    found["coverage"]["words_alone"] == false
}

fn embeddings(footnote: &Footnote) -> Vec<Value> {
    footnote.json(&["embeddings", "--json"]).as_array().unwrap().clone()
}

#[test]
fn a_library_is_searched_by_the_former_model_until_the_new_one_has_embedded_all() {
    let options = Options {
        key: Some(KEY.to_owned()),
        latency: Duration::from_millis(60),
        slots: 1,
        batch_cap: 4,
        ..Options::default()
    };
    let loopback = Loopback::start(options).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    for number in 0..DOCUMENTS {
        footnote.write(&format!("{number}.md"), format!("Observation {number} was taken at the quay."));
    }
    footnote.add(&footnote.documents());
    let other = format!("{EMBEDDING_MODEL}:2");
    let flags = ["--embedding-model", other.as_str()];

    let sent = loopback.requests().len();
    let plan = footnote.json(&[&flags[..], &["embeddings", "estimate", "--json"]].concat());
    assert_eq!((&plan["texts"], &plan["model"]), (&json!(DOCUMENTS), &json!(other)));
    assert_eq!(plan["searched_by"], EMBEDDING_MODEL);
    assert!(plan["tokens"].as_u64().unwrap() >= 8 * DOCUMENTS as u64, "{plan}");
    assert!(plan["seconds"].as_f64().unwrap() > 0.0, "{plan}");
    for request in &loopback.requests()[sent..] {
        assert!(!request.body.to_string().contains("Observation"), "no text of the library is sent for it");
    }

    let mut job = footnote.start(&[&flags[..], &["sync"]].concat());
    let begun = Instant::now();
    let mut asked = 0;
    while job.try_wait().unwrap().is_none() {
        assert!(is_searched_by_meaning(&footnote, &flags), "while it embeds");
        asked += 1;
        assert!(begun.elapsed() < Duration::from_secs(60));
        sleep(Duration::from_millis(20));
    }
    assert!(asked > 0 && is_searched_by_meaning(&footnote, &flags));
    let kept = embeddings(&footnote);
    let facts: Vec<_> = kept.iter().map(|one| (&one["model"], &one["searched"], &one["missing"])).collect();
    let (no, yes, none) = (json!(false), json!(true), json!(0));
    assert_eq!(facts, [(&json!(EMBEDDING_MODEL), &no, &none), (&json!(other), &yes, &none)]);
    assert!(kept[0]["bytes"].as_u64().unwrap() > 0);

    let sent = loopback.embedded_inputs();
    let searched = footnote.run(&["embeddings", "drop", &kept[1]["id"].to_string()]);
    assert!(error_of(&searched).contains("searched by them"), "{}", error_of(&searched));
    footnote.json(&["embeddings", "use", &kept[0]["id"].to_string(), "--json"]);
    assert_eq!(loopback.embedded_inputs(), sent, "the way back sends nothing");
    assert!(is_searched_by_meaning(&footnote, &[]));
    assert_eq!(footnote.status()["searched_by"], EMBEDDING_MODEL);
    let dropped = footnote.json(&["embeddings", "drop", &kept[1]["id"].to_string(), "--json"]);
    assert_eq!(dropped.as_array().unwrap().len(), 1);
}

#[test]
fn where_the_former_models_endpoint_is_gone_words_are_searched() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("light.md", "An observation was taken at the quay.");
    footnote.add(&footnote.documents());
    drop(loopback);
    let built_in = ["--embedding-model", "built-in"];
    assert!(!is_searched_by_meaning(&footnote, &built_in));
    footnote.json(&[&built_in[..], &["sync", "--json"]].concat());
    assert!(is_searched_by_meaning(&footnote, &built_in));
}
