//! How fast the two roads are: a document's into the library, and a question's to its answer.
//!
//! `cargo xtask bench [FOLDER]`: over the documents of a folder, or over PDFs written for the purpose.

#![allow(clippy::print_stdout, reason = "it prints figures")]

mod first_token;
mod ingestion;
mod percentiles;
mod random_vectors;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use testkit::documents::pdf;

/// A small company's folder: 40 reports of 25 pages.
const DOCUMENTS: usize = 40;
const PAGES: usize = 25;
const LINES: usize = 44;

fn main() -> ExitCode {
    if let Some(code) = engine::worker_main_if_requested() {
        return code;
    }
    // `cargo test` runs benches too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let directory = tempfile::tempdir()?;
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let documents = match given {
        Some(folder) => PathBuf::from(folder),
        None => write_documents(&directory.path().join("documents"))?,
    };
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(ingestion::measure(&documents, &directory.path().join("library")))?;
    runtime.block_on(first_token::measure(&directory.path().join("answers")))
}

fn write_documents(folder: &Path) -> Result<PathBuf, std::io::Error> {
    std::fs::create_dir(folder)?;
    for document in 0..DOCUMENTS {
        let pages: Vec<Vec<String>> =
            (0..PAGES).map(|page| (0..LINES).map(|line| line_of(document, page, line)).collect()).collect();
        let pages: Vec<Vec<&str>> =
            pages.iter().map(|page| page.iter().map(String::as_str).collect()).collect();
        let pages: Vec<&[&str]> = pages.iter().map(Vec::as_slice).collect();
        std::fs::write(folder.join(format!("report-{document:02}.pdf")), pdf(&pages))?;
    }
    Ok(folder.to_owned())
}

/// A line of prose that stands on no other page.
fn line_of(document: usize, page: usize, line: usize) -> String {
    const SUBJECTS: [&str; 7] =
        ["The gauge", "A storm", "The harbour board", "The survey", "The tide", "A keeper", "The lamp"];
    const DEEDS: [&str; 6] =
        ["was recorded", "rose by", "was repaired at", "stood at", "was measured as", "fell below"];
    let number = document * 10_007 + page * 101 + line;
    let (subject, deed) = (SUBJECTS[number % SUBJECTS.len()], DEEDS[number / 3 % DEEDS.len()]);
    format!("{subject} of station {document} {deed} {number} millimetres on day {page} of the season.")
}
