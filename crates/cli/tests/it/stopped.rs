//! Ctrl-C ends an answer wherever it is, and what has come is kept.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::loopback::{Fault, Loopback, Options};

use crate::footnote::{Footnote, KEY};

const QUESTION: &str = "When was the harbour light first lit?";

/// The answer to a question that is stopped once a call of it is stuck at the endpoint, the last one with a fault.
fn stopped(faults: Vec<Fault>, arguments: &[&str]) -> Value {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.write("oil.md", "# Oil\n\nThe harbour light burned colza oil until 1932.\n");
    footnote.add(&footnote.documents());
    let calls = loopback.requests().len() + faults.len();
    faults.into_iter().for_each(|fault| loopback.inject(fault));
    let mut asking = footnote.command(&[&["ask", QUESTION, "--json"], arguments].concat());
    let asking = asking.stdout(Stdio::piped()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(30);
    while loopback.requests().len() < calls {
        assert!(Instant::now() < patience, "the endpoint is asked");
        sleep(Duration::from_millis(5));
    }
    let interrupted = Command::new("kill").args(["-INT", &asking.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    let output = asking.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_stop_reaches_embedding_and_reranking_and_the_answer() {
    let embedding = stopped(vec![Fault::Hang], &[]);
    assert_eq!((embedding["state"].as_str(), embedding["refused"].as_bool()), (Some("stopped"), Some(false)));
    let reranking = stopped(vec![Fault::NoDone, Fault::Hang], &["--rerank-model", "loopback-rerank"]);
    assert_eq!((reranking["state"].as_str(), reranking["answer"].as_str()), (Some("stopped"), Some("")));
    let writing = stopped(vec![Fault::NoDone, Fault::Hang], &[]);
    assert_eq!(writing["state"], "stopped");
    assert_eq!(writing["passages"].as_array().unwrap().len(), 2, "what was found is kept");
}
