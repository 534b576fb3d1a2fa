//! Pages that are pictures, read by the endpoint's vision model. Without PDFium nothing can be drawn: then these tests
//! pass without a look.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use testkit::documents::Stands::{Bars, Lines};
use testkit::documents::mixed_pdf;
use testkit::loopback::{Fault, Loopback, Options, VISION_MODEL};

use crate::footnote::{Footnote, KEY, error_of};

/// Of pages with one bar, two bars, …
const TEXTS: [&str; 4] = [
    "The light dues of the harbour were 40 shillings in 1871.",
    "Year | Keeper\n1871 | Abel Marsh\n1902 | Ida Thorne",
    "The buoy was moved to the north channel in 1902.",
    "The fog bell weighs 300 pounds.",
];

fn loopback(options: Options) -> Loopback {
    let page_texts = TEXTS.map(str::to_owned).to_vec();
    Loopback::start(Options { key: Some(KEY.to_owned()), page_texts, ..options }).unwrap()
}

fn has_pdfium() -> bool {
    let name = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Path::new(env!("CARGO_BIN_EXE_footnote")).with_file_name(name).exists()
}

/// One document of pictures and text, and one of nothing but pictures, whose last page is blank.
fn with_scans(loopback: &Loopback) -> Footnote {
    let footnote = Footnote::with_endpoint(loopback).alone();
    let gauge = ["The tide gauge stands at the north quay."];
    footnote.write("dues.pdf", mixed_pdf(&[Bars(1), Lines(&gauge), Bars(2)]));
    footnote.write("scan.pdf", mixed_pdf(&[Bars(3), Bars(4), Bars(0)]));
    footnote.add(&footnote.documents());
    footnote
}

fn recognise(footnote: &Footnote, more: &[&str]) -> Output {
    footnote.run(&[&["recognise", "--vision-model", VISION_MODEL], more].concat())
}

fn recognised(footnote: &Footnote) -> Value {
    let output = recognise(footnote, &["--yes", "--json"]);
    assert!(output.status.success(), "{}", error_of(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How many pictures were sent.
fn pictures(loopback: &Loopback) -> usize {
    let is_picture = |body: &Value| body.to_string().contains("data:image/png;base64,");
    loopback.requests().iter().filter(|request| is_picture(&request.body)).count()
}

/// Whether the best passage for these words is one of this file, on this page.
fn finds(footnote: &Footnote, words: &str, name: &str, page: u64) -> bool {
    let passage = footnote.json(&["search", words, "--json", "-k", "1"])["passages"][0].take();
    let pages = passage["page_first"].as_u64().unwrap()..=passage["page_last"].as_u64().unwrap();
    passage["text"].as_str().unwrap().contains(words)
        && passage["document"].as_str().unwrap().ends_with(name)
        && pages.contains(&page)
}

#[test]
fn pages_are_sent_after_a_yes_alone_and_are_found_and_cited_then() {
    if !has_pdfium() {
        return;
    }
    let loopback = loopback(Options::default());
    let footnote = with_scans(&loopback);
    let embedded = loopback.embedded_inputs();

    let refused = recognise(&footnote, &[]);
    let said = error_of(&refused);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("127.0.0.1, to be read by loopback-vision, as pictures: 4 pages"), "{said}");
    assert!(said.contains("dues.pdf: 1, 3") && said.contains("scan.pdf: 1–2"), "{said}");
    assert!(said.contains("--yes"), "{said}");
    assert_eq!(pictures(&loopback), 0);

    let summary = recognised(&footnote);
    assert_eq!(
        (summary["outcome"].as_str(), summary["unread_pages"].as_array().map(Vec::len)),
        (Some("completed"), Some(0))
    );
    assert_eq!(pictures(&loopback), 4, "a blank page is not sent");
    assert!(finds(&footnote, "light dues of the harbour", "dues.pdf", 1));
    assert!(finds(&footnote, "fog bell weighs", "scan.pdf", 2));
    let status = footnote.status();
    assert_eq!((&status["documents"], &status["vectors"]), (&2.into(), &status["chunks"]));
    assert!(loopback.embedded_inputs() - embedded <= 4 + 2, "only what is new, and the questions");

    let answer = footnote.ask("When was the buoy moved?");
    let citation = &answer["citations"][0];
    assert!(citation["document"].as_str().unwrap().ends_with("scan.pdf"), "{answer}");
    assert_eq!(citation["page"], 1);
    assert!(citation["quote"].as_str().unwrap().contains("moved to the north channel"), "{citation}");
    let warnings = String::from_utf8(footnote.run(&["status"]).stdout).unwrap();
    assert!(warnings.contains("dues.pdf: Pages 1, 3 held no text; loopback-vision read"), "{warnings}");
    assert!(
        warnings.contains("scan.pdf: Pages 1–2 held no text; loopback-vision read")
            && !warnings.contains("Page 3"),
        "{warnings}"
    );
}

#[test]
fn what_was_read_is_never_asked_for_again() {
    if !has_pdfium() {
        return;
    }
    let loopback = loopback(Options::default());
    let footnote = with_scans(&loopback);
    recognised(&footnote);
    assert!(error_of(&recognise(&footnote, &[])).contains("no pages"), "nothing is left to be sent");
    footnote.json(&["sync", "--all", "--json"]);
    assert!(finds(&footnote, "fog bell weighs", "scan.pdf", 2));
    std::fs::rename(footnote.documents().join("scan.pdf"), footnote.documents().join("old.pdf")).unwrap();
    footnote.json(&["sync", "--json"]);
    footnote.json(&["sync", "--all", "--json"]);
    assert!(finds(&footnote, "fog bell weighs", "old.pdf", 2));
    recognised(&footnote);
    assert_eq!(pictures(&loopback), 4);
}

#[test]
fn a_job_that_is_killed_goes_on_where_it_was() {
    if !has_pdfium() {
        return;
    }
    let loopback = loopback(Options { slots: 1, ..Options::default() });
    let footnote = Footnote::with_endpoint(&loopback).alone();
    footnote.write("scan.pdf", mixed_pdf(&[Bars(4); 12]));
    footnote.add(&footnote.documents());
    let mut left = 12;
    for killed_after in [2, 3, 2] {
        let before = pictures(&loopback);
        let arguments = ["recognise", "--vision-model", VISION_MODEL, "--yes"];
        let mut job = footnote.start(&arguments);
        while pictures(&loopback) < before + killed_after {
            sleep(Duration::from_millis(5));
        }
        job.kill().unwrap();
        job.wait().unwrap();
        let plan = error_of(&recognise(&footnote, &[]));
        let now =
            (0..=left).rev().find(|pages| plan.contains(&format!("as pictures: {pages} pages"))).unwrap_or(0);
        left = now;
    }
    let before = pictures(&loopback);
    let summary = recognised(&footnote);
    assert_eq!((summary["outcome"].as_str(), summary["added"].as_u64()), (Some("completed"), Some(1)));
    assert_eq!(pictures(&loopback) - before, left, "only what was not kept");
    // Up to four pages were under way each time.
    assert!(pictures(&loopback) <= 12 + 3 * 4, "{}", pictures(&loopback));
    assert_eq!(footnote.status()["pages"], 12);
}

#[test]
fn what_an_endpoint_refuses_is_named_with_its_page() {
    if !has_pdfium() {
        return;
    }
    let loopback = loopback(Options { slots: 1, ..Options::default() });
    let footnote = with_scans(&loopback);
    let unknown = footnote.run(&["recognise", "--vision-model", "nobody", "--yes"]);
    let said = error_of(&unknown);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        said.contains("Page ") && said.contains(".pdf was not read: The endpoint does not serve"),
        "{said}"
    );
    assert!(said.contains("Choose one of the models"), "{said}");
    assert!(pictures(&loopback) <= 4, "no more pages are begun");

    loopback.inject(Fault::status(500, "out of luck"));
    let output = recognise(&footnote, &["--yes", "--json"]);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let failures = summary["unread_pages"].as_array().unwrap();
    assert_eq!((summary["outcome"].as_str(), failures.len()), (Some("completed"), 1), "{summary}");
    let reason = failures[0]["reason"].as_str().unwrap();
    assert!(reason.contains("was not read: The endpoint failed inside"), "{reason}");
    let sent = pictures(&loopback);
    recognised(&footnote);
    assert_eq!(pictures(&loopback), sent + 1, "the one page that failed");
}

#[test]
fn without_a_vision_model_nothing_is_offered() {
    let loopback = loopback(Options::default());
    let footnote = with_scans(&loopback);
    let output = footnote.run(&["recognise", "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_of(&output).contains("FOOTNOTE_VISION_MODEL"), "{}", error_of(&output));
    let elsewhere = recognise(&footnote, &["/nowhere/at/all.pdf"]);
    assert!(
        error_of(&elsewhere).contains("/nowhere/at/all.pdf is not in the library"),
        "{}",
        error_of(&elsewhere)
    );
}

#[test]
#[cfg(unix)]
fn a_job_that_is_cancelled_keeps_what_it_read() {
    if !has_pdfium() {
        return;
    }
    let loopback = loopback(Options { slots: 1, latency: Duration::from_millis(100), ..Options::default() });
    let footnote = Footnote::with_endpoint(&loopback).alone();
    footnote.write("scan.pdf", mixed_pdf(&[Bars(4); 12]));
    footnote.add(&footnote.documents());
    let mut command = footnote.command(&["recognise", "--vision-model", VISION_MODEL, "--yes", "--json"]);
    let job = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    while pictures(&loopback) < 6 {
        sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-INT", &job.id().to_string()]).status().unwrap();
    let output = job.wait_with_output().unwrap();
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), summary["outcome"].as_str()), (Some(1), Some("cancelled")));
    assert_eq!(summary["added"], 0, "the document waits for its other pages");

    let sent = pictures(&loopback);
    let summary = recognised(&footnote);
    assert_eq!((summary["outcome"].as_str(), summary["added"].as_u64()), (Some("completed"), Some(1)));
    assert!(pictures(&loopback) < sent + 12, "{} and {sent}", pictures(&loopback));
    assert_eq!(footnote.status()["pages"], 12);
}
