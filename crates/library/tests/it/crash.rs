//! A process that is killed while it stores documents.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use library::{IndexOrigin, Library, Scope};

use crate::samples::{Search as _, document, never, space, store, vector_of_chunk};

const DIRECTORY: &str = "FOOTNOTE_TEST_STORE_INTO";
const CHUNKS: usize = 8;

fn texts(number: usize) -> Vec<String> {
    (0..CHUNKS)
        .map(|part| format!("word{number} part{part} {}", "of a text that fills a page ".repeat(40)))
        .collect()
}

fn store_numbered(library: &Library, number: usize) {
    let texts = texts(number);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    store(library, &document(&format!("/{number}.txt"), &texts));
}

/// What the child does until it is killed.
fn store_without_end(directory: &Path) {
    let library = Library::open(directory).unwrap();
    let start = library.documents().unwrap().len();
    let mut parent = std::io::stdout();
    for number in start.. {
        store_numbered(&library, number);
        writeln!(parent, "stored {number}").unwrap();
        if number % 5 == 0 {
            library.save_index(&never).unwrap();
        }
    }
}

/// Lets a child store for a while and kills it. Returns the last document that it said was stored.
fn store_and_kill(directory: &Path, milliseconds: u64) -> Option<usize> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::leaves_every_finished_document_whole", "--nocapture"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut stored =
        lines.filter_map(|line| line.split_once("stored ").and_then(|(_, number)| number.parse().ok()));
    let first: Option<usize> = stored.next();
    std::thread::sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    child.wait().unwrap();
    stored.last().or(first)
}

#[test]
fn leaves_every_finished_document_whole() {
    if let Some(directory) = env::var_os(DIRECTORY) {
        return store_without_end(Path::new(&directory));
    }
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    store_numbered(&library, 0);
    library.save_index(&never).unwrap();
    drop(library);
    for milliseconds in [0, 3, 11, 23, 37, 60, 91, 130] {
        let last = store_and_kill(directory.path(), milliseconds).unwrap();
        let library = Library::open(directory.path()).unwrap();
        let documents = library.documents().unwrap();
        assert!(documents.len() > last, "document {last} was finished");
        for (number, document) in documents.iter().enumerate() {
            assert_eq!(document.path, Path::new(&format!("/{number}.txt")));
            for (page, text) in (1..).zip(texts(number)) {
                assert_eq!(library.page(document.id, page).unwrap().unwrap().text, text);
            }
            let hits = library.search_lexical(&format!("word{number}"), 100, &Scope::default()).unwrap();
            assert_eq!(hits.len(), CHUNKS);
            let hits =
                library.search_dense(&vector_of_chunk(&texts(number)[0]), 1, &Scope::default()).unwrap();
            assert!(hits[0].score > 0.999);
        }
        let status = library.status().unwrap();
        assert_eq!(status.chunks as usize, documents.len() * CHUNKS);
        let origin = status.index.unwrap().origin;
        assert!(!matches!(origin, IndexOrigin::Rebuilt { .. }), "{origin:?}");
        assert!(library.unembedded_texts(space(&library), library::ChunkId(0), 1).unwrap().is_empty());
        drop(library);
        let database = rusqlite::Connection::open(directory.path().join("library.db")).unwrap();
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }
}
