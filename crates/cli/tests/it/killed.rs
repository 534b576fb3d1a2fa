//! Killed at any moment, the command loses no finished document and pays for no text twice.

use std::thread::sleep;
use std::time::Duration;

use testkit::loopback::{Loopback, Options};

use crate::footnote::{Footnote, KEY};

const DOCUMENTS: usize = 60;

#[test]
fn a_job_killed_at_many_points_goes_on_where_it_was() {
    let options = Options {
        key: Some(KEY.to_owned()),
        latency: Duration::from_millis(20),
        slots: 2,
        batch_cap: 4,
        ..Options::default()
    };
    let loopback = Loopback::start(options).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    for number in 0..DOCUMENTS {
        footnote.write(&format!("{number}.md"), format!("Observation {number} was taken at the quay."));
    }
    let documents = footnote.documents();
    let mut finished = 0;
    for delay in [15, 40, 80, 120, 200] {
        let mut job = footnote.start(&["add", documents.to_str().unwrap()]);
        sleep(Duration::from_millis(delay));
        job.kill().unwrap();
        job.wait().unwrap();
        let now = footnote.status()["documents"].as_u64().unwrap();
        assert!(now >= finished, "{now} documents after {finished}");
        finished = now;
    }
    footnote.add(&documents);
    let status = footnote.status();
    assert_eq!(status["documents"], DOCUMENTS);
    assert_eq!(status["vectors"], status["chunks"]);
    // A batch that was under way when the job was killed was answered for nobody: at most two of four texts each
    // time. So was the one text that tells the dimensions of a new model.
    let lost = 5 * (2 * 4 + 1) + 1;
    assert!(loopback.embedded_inputs() <= DOCUMENTS + lost, "{}", loopback.embedded_inputs());
}
