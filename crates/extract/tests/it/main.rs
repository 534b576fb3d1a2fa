//! Files read through real worker processes.

mod archives;
mod bombs;
mod fixtures;
mod mail;
mod mutations;
mod office;
mod outlook;
mod pdf;
mod pdf_files;
mod pdf_marked_content;
mod pdfium;
mod scans;
mod sheets;
mod snapshots;
mod workers;

use extract::{ExtractError, ExtractedDocument, Extractor, Limits, PageFinding, Warning, WorkerCommand};

fn worker_command() -> WorkerCommand {
    WorkerCommand { program: env!("CARGO_BIN_EXE_extract-worker").into(), arguments: Vec::new() }
}

/// Reads bytes as a file of this name.
fn extract(name: &str, bytes: &[u8]) -> Result<ExtractedDocument, ExtractError> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    Extractor::new(worker_command(), Limits::default()).extract(&path, &|| false)
}

/// What is to be known of the first page alone.
fn of_first_page(finding: PageFinding) -> Warning {
    Warning::Pages { pages: vec![1], finding }
}

/// Whether `cargo xtask` has put PDFium beside the worker.
fn has_pdfium() -> bool {
    let name = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    worker_command().program.with_file_name(name).exists()
}

/// Whether Tesseract is installed, or `cargo xtask` has put the model that reads pictures beside the worker.
fn has_recognition() -> bool {
    let model = worker_command().program.with_file_name("models").join("pp-ocrv5-mobile");
    model.is_dir() || std::process::Command::new("tesseract").arg("--version").output().is_ok()
}
