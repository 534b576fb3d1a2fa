//! Killed at any moment, the command loses no finished document and pays for no text twice.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::documents::pdf;
use testkit::loopback::{EMBEDDING_MODEL, Fault, Loopback, Options};

use crate::footnote::{Footnote, KEY};

const DOCUMENTS: usize = 60;
/// A call that is under way when the command is killed was answered for nobody: two of four texts each.
const LOST_A_KILL: usize = 2 * 4;

fn endpoint() -> Loopback {
    let options = Options {
        key: Some(KEY.to_owned()),
        latency: Duration::from_millis(20),
        slots: 2,
        batch_cap: 4,
        ..Options::default()
    };
    Loopback::start(options).unwrap()
}

fn observation(number: usize) -> String {
    format!("Observation {number} was taken at the quay.")
}

fn fill(footnote: &Footnote) {
    for number in 0..DOCUMENTS {
        footnote.write(&format!("{number}.md"), observation(number));
    }
    footnote.write("report.pdf", pdf(&[&["The gauge is read at noon."], &["The lamp was lit in 1871."]]));
}

/// A third of the files is written anew, moved or removed.
fn change(footnote: &Footnote) {
    let file = |number: usize| footnote.documents().join(format!("{number}.md"));
    fs::create_dir(footnote.documents().join("old")).unwrap();
    for number in 0..DOCUMENTS {
        match number % 9 {
            0 => {
                let corrected = format!("Correction: {}", observation(number));
                footnote.write(&format!("{number}.md"), corrected);
            }
            1 => fs::rename(file(number), footnote.documents().join(format!("old/{number}.md"))).unwrap(),
            2 => fs::remove_file(file(number)).unwrap(),
            _ => {}
        }
    }
}

/// What a person sees of a library, in which order ever its rows were stored.
fn seen(footnote: &Footnote) -> Value {
    let status = footnote.status();
    let base = footnote.documents().to_string_lossy().into_owned();
    let listing = footnote.json(&["list", "documents", "--json"]);
    let documents: Vec<Value> = listing["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| {
            let path = document["path"].as_str().unwrap().replacen(&base, "", 1);
            json!([path, document["pages"], document["failure"]])
        })
        .collect();
    let found = ["observation 7 quay", "when was the lamp lit", "correction"].map(|query| {
        let found = footnote.json(&["search", query, "--json", "-k", "5"]);
        let passages = found["passages"].as_array().unwrap();
        let scores = passages.iter().map(|passage| format!("{:.3}", passage["score"].as_f64().unwrap()));
        json!([found["coverage"]["words_alone"], scores.collect::<Vec<_>>()])
    });
    json!([documents, status["documents"], status["pages"], status["chunks"], status["vectors"], found])
}

#[test]
fn jobs_killed_at_many_points_go_on_where_they_were_and_lead_to_the_same_library() {
    let (loopback, calm) = (endpoint(), endpoint());
    let (footnote, reference) = (Footnote::with_endpoint(&loopback), Footnote::with_endpoint(&calm));
    for library in [&footnote, &reference] {
        fill(library);
    }
    let documents = footnote.documents();
    let add = ["add", documents.to_str().unwrap()];
    let other_model = format!("{EMBEDDING_MODEL}:2");
    let phases: [&[&str]; 3] = [&add, &["sync"], &["--embedding-model", &other_model, "sync"]];
    let mut kills = 0;
    for (phase, command) in phases.into_iter().enumerate() {
        if phase == 1 {
            change(&footnote);
            change(&reference);
        }
        let mut finished = 0;
        for delay in [15, 60, 120, 250] {
            let mut job = footnote.start(command);
            sleep(Duration::from_millis(delay));
            job.kill().unwrap();
            job.wait().unwrap();
            kills += 1;
            let now = footnote.status()["documents"].as_u64().unwrap();
            assert!(phase > 0 || now >= finished, "{now} documents after {finished}");
            finished = now;
        }
        footnote.json(&[command, &["--json"]].concat());
        // A job that was killed before it had begun waits beside the one that was begun again.
        let options =
            &command[..command.iter().rposition(|part| part.starts_with("--")).map_or(0, |at| at + 2)];
        footnote.run(&[options, &["jobs", "run"]].concat());
        let of_reference: Vec<String> = command
            .iter()
            .map(|part| part.replace(documents.to_str().unwrap(), reference.documents().to_str().unwrap()))
            .collect();
        let of_reference: Vec<&str> = of_reference.iter().map(String::as_str).chain(["--json"]).collect();
        reference.json(&of_reference);
        assert_eq!(footnote.json(&["jobs", "--json"]), json!([]), "phase {phase}");
        assert_eq!(seen(&footnote), seen(&reference), "phase {phase}");
    }
    // Questions are embedded, too, and so are two examples by which the dimensions of a new model are learnt.
    let (sent, needed) = (loopback.embedded_inputs(), calm.embedded_inputs());
    assert!(sent <= needed + kills * (LOST_A_KILL + 2), "{sent} texts where {needed} were needed");
}

#[test]
fn an_endpoint_that_fails_at_a_third_of_its_calls_leads_to_the_same_library() {
    let (loopback, calm) = (endpoint(), endpoint());
    let (footnote, reference) = (Footnote::with_endpoint(&loopback), Footnote::with_endpoint(&calm));
    fs::create_dir(footnote.library()).unwrap();
    let patient = r#"{"endpoint": {"retry": {"times": 9, "first_delay": 0.01}}}"#;
    fs::write(footnote.library().join("settings.json"), patient).unwrap();
    let mut dice = 7_u64;
    for _ in 0..300 {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        loopback.inject(match (dice >> 33) % 10 {
            0 => Fault::status(500, "The model has crashed"),
            1 => Fault::rate_limit("0"),
            2 => Fault::HalfBody,
            _ => Fault::NoUsage,
        });
    }
    for library in [&footnote, &reference] {
        fill(library);
        library.add(&library.documents());
    }
    // A text that failed again and again by itself is left to the next job.
    for _ in 0..3 {
        footnote.json(&["sync", "--json"]);
    }
    loopback.recover();
    assert_eq!(seen(&footnote), seen(&reference));
}
