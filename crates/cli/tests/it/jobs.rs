//! Work that outlives the process that does it, and obeys another one.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::loopback::{Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

const DOCUMENTS: usize = 60;

fn slow_endpoint(latency: u64) -> Loopback {
    let options = Options {
        key: Some(KEY.to_owned()),
        latency: Duration::from_millis(latency),
        slots: 1,
        batch_cap: 2,
        ..Options::default()
    };
    Loopback::start(options).unwrap()
}

fn fill(footnote: &Footnote) {
    for number in 0..DOCUMENTS {
        footnote.write(&format!("{number}.md"), format!("Observation {number} was taken at the quay."));
    }
}

fn jobs(footnote: &Footnote) -> Value {
    footnote.json(&["jobs", "--json"])
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn what_a_killed_command_has_left_is_listed_and_done() {
    let loopback = slow_endpoint(100);
    let footnote = Footnote::with_endpoint(&loopback);
    fill(&footnote);
    assert_eq!(jobs(&footnote), json!([]));
    let documents = footnote.documents();
    let mut job = footnote.start(&["add", documents.to_str().unwrap()]);
    until("the first vectors", || loopback.embedded_inputs() > 4);
    let shown = jobs(&footnote);
    assert_eq!((&shown[0]["state"], &shown[0]["work"]["add"][0]), (&json!("elsewhere"), &json!(documents)));
    job.kill().unwrap();
    job.wait().unwrap();

    let id = jobs(&footnote)[0]["id"].clone();
    let said = String::from_utf8(footnote.run(&["status"]).stdout).unwrap();
    assert!(said.contains(&format!("Job {id}, add ")) && said.contains("footnote jobs run"), "{said}");
    let run = footnote.run(&["jobs", "run"]);
    assert!(run.status.success(), "{}", error_of(&run));
    assert_eq!(jobs(&footnote), json!([]));
    let status = footnote.status();
    assert_eq!((&status["documents"], &status["vectors"]), (&json!(DOCUMENTS), &status["chunks"]));
}

#[test]
fn another_process_ends_a_job_and_what_rests_is_not_done() {
    let loopback = slow_endpoint(300);
    let footnote = Footnote::with_endpoint(&loopback);
    fill(&footnote);
    let documents = footnote.documents();
    let add = ["add", documents.to_str().unwrap()];
    let start = || {
        let (job, before) = (footnote.start(&add), loopback.embedded_inputs());
        until("its first vectors", || loopback.embedded_inputs() > before + 4);
        (job, jobs(&footnote)[0]["id"].to_string())
    };
    let (mut job, id) = start();
    assert_eq!(footnote.json(&["jobs", "cancel", &id, "--json"]), json!([]));
    until("it to end", || job.try_wait().unwrap().is_some());
    let gone = footnote.run(&["jobs", "cancel", &id]);
    assert!(error_of(&gone).contains("There is no such job"), "{}", error_of(&gone));

    let (mut job, id) = start();
    job.kill().unwrap();
    job.wait().unwrap();
    footnote.json(&["jobs", "pause", &id, "--json"]);
    footnote.run(&["jobs", "run"]);
    assert_eq!(jobs(&footnote)[0]["state"], "paused");
    footnote.json(&["jobs", "resume", &id, "--json"]);
    footnote.run(&["jobs", "run"]);
    assert_eq!(jobs(&footnote), json!([]));
}
