//! What workers do to the parent, and what they cannot do.

use std::path::Path;
use std::time::{Duration, Instant};

use extract::{ExtractError, Extractor, Limits, SourceEngine, WorkerCommand};
use pdf_extract::{Object, Stream, dictionary};

use crate::pdf_files::{bytes_of, pdf_of_contents, pdf_of_streams};
use crate::{extract, has_pdfium, worker_command};

fn shell(script: &str) -> WorkerCommand {
    WorkerCommand { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into()] }
}

fn text_file(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("notes.txt");
    std::fs::write(&path, "The pump is in the cellar.").expect("the file is written");
    path
}

#[test]
fn several_threads_share_the_workers() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = text_file(folder.path());
    let extractor = Extractor::new(worker_command(), Limits::default());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let document = extractor.extract(&path, &|| false).expect("the file is read");
                    assert_eq!(document.pages[0].text, "The pump is in the cellar.");
                }
            });
        }
    });
}

#[test]
fn pages_without_text_are_said_to_be_pictures() {
    let error = extract("scan.pdf", &bytes_of(pdf_of_contents(&[b"0 0 100 100 re f", b""]))).unwrap_err();
    assert!(matches!(error, ExtractError::NoText { pages: 2, .. }), "{error}");
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert_eq!(extract("empty.pdf", b"").unwrap_err(), ExtractError::Empty);
    assert_eq!(extract("zeros.pdf", &[0; 5000]).unwrap_err(), ExtractError::Empty);
    assert_eq!(extract("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err().code(), "not-a-document");
    assert_eq!(extract("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat").unwrap_err().code(), "damaged");
    let extractor = Extractor::new(worker_command(), Limits::default());
    let missing = extractor.extract(Path::new("/nowhere/at/all.pdf"), &|| false).unwrap_err();
    assert_eq!(missing.code(), "unreadable");
    let small = Limits { file_bytes: 10, ..Limits::default() };
    let folder = tempfile::tempdir().expect("a folder");
    let error = Extractor::new(worker_command(), small).extract(&text_file(folder.path()), &|| false);
    assert_eq!(error.unwrap_err().code(), "too-large");
}

#[test]
fn a_program_that_is_missing_is_named_as_the_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let command = WorkerCommand { program: "/nowhere/worker".into(), arguments: Vec::new() };
    let extractor = Extractor::new(command, Limits::default());
    let error = extractor.extract(&text_file(folder.path()), &|| false).unwrap_err();
    assert_eq!(error.code(), "worker-not-started");
}

#[test]
#[cfg(unix)]
fn a_worker_that_hangs_is_killed_at_the_limit_or_on_cancel() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = text_file(folder.path());
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    let started = Instant::now();
    let error = Extractor::new(shell("exec sleep 60"), limits).extract(&path, &|| false).unwrap_err();
    assert_eq!(error.code(), "timed-out");
    assert!(started.elapsed() < Duration::from_secs(5));

    let started = Instant::now();
    let cancelled = || started.elapsed() > Duration::from_millis(50);
    let error = Extractor::new(shell("exec sleep 60"), Limits::default()).extract(&path, &cancelled);
    assert_eq!(error.unwrap_err(), ExtractError::Cancelled);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
#[cfg(unix)]
fn a_worker_that_dies_costs_one_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = text_file(folder.path());
    let extractor = Extractor::new(dies_once(folder.path()), Limits::default());
    assert_eq!(extractor.extract(&path, &|| false).unwrap_err(), ExtractError::WorkerDied);
    assert!(extractor.extract(&path, &|| false).is_ok());
}

/// A worker that dies of its first file, whatever that is.
#[cfg(unix)]
pub fn dies_once(folder: &Path) -> WorkerCommand {
    let (once, worker) = (folder.join("once"), worker_command().program);
    let script = format!("mkdir {} && exit 3; exec {} \"$@\"", once.display(), worker.display());
    let mut command = shell(&script);
    command.arguments.push("worker".into());
    command
}

#[test]
#[cfg(unix)]
fn a_pdf_that_kills_its_worker_is_read_by_pdfium() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deadly.pdf");
    let bytes = bytes_of(pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (The pump is in the cellar.) Tj ET"]));
    std::fs::write(&path, bytes).expect("the file is written");
    let extractor = Extractor::new(dies_once(folder.path()), Limits::default());
    let result = extractor.extract(&path, &|| false);
    if !has_pdfium() {
        assert_eq!(result, Err(ExtractError::WorkerDied));
        return;
    }
    let page = &result.expect("PDFium reads it").pages[0];
    assert_eq!(
        (page.text.as_str(), page.source_engine),
        ("The pump is in the cellar.", SourceEngine::Pdfium)
    );
}

#[test]
fn a_worker_that_eats_memory_dies_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let bomb = folder.path().join("bomb.pdf");
    std::fs::write(&bomb, bytes_of(pdf_of_streams(vec![twice_compressed(vec![b' '; 1 << 30])])))
        .expect("the file is written");
    let limits = Limits { memory_bytes: 200 << 20, ..Limits::default() };
    let extractor = Extractor::new(worker_command(), limits);
    let error = extractor.extract(&bomb, &|| false).unwrap_err();
    assert_eq!(error, ExtractError::OutOfMemory { megabytes: 200 });
    assert!(extractor.extract(&text_file(folder.path()), &|| false).is_ok());
}

/// A gigabyte of white space comes to some four kilobytes.
fn twice_compressed(content: Vec<u8>) -> Stream {
    let mut inner = Stream::new(dictionary! {}, content);
    inner.compress().expect("the content is compressed");
    let mut outer = Stream::new(dictionary! {}, inner.content);
    outer.compress().expect("the content is compressed");
    let filters: Vec<Object> = vec!["FlateDecode".into(), "FlateDecode".into()];
    outer.dict.set("Filter", filters);
    outer
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_ends_with_its_parent() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut worker = Command::new(worker_command().program)
        .args(["extract-worker", "1000000000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the worker starts");
    let mut input = worker.stdin.take().expect("its input");
    input.write_all(&[9]).expect("part of a frame is written");
    drop(input);
    let deadline = Instant::now() + Duration::from_secs(10);
    while worker.try_wait().expect("its state").is_none() {
        assert!(Instant::now() < deadline, "the worker is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}
