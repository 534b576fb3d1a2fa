//! Two processes and one library.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use library::{Error, Library, Scope};

use crate::samples::{Search as _, document, never, space, store, texts, vector_of_chunk};

/// Locks on files tell two openings apart, be they of one process or of two.
#[test]
fn one_changes_documents_and_the_other_sees_it() {
    let directory = tempfile::tempdir().unwrap();
    let writing = Library::open(directory.path()).unwrap();
    let reading = Library::open(directory.path()).unwrap();
    store(&writing, &document("/a.txt", &["apples"]));

    let found = |library: &Library, text: &str| {
        texts(library, &library.search_dense(&vector_of_chunk(text), 1, &Scope::default()).unwrap())
    };
    assert_eq!(found(&reading, "apples"), ["apples"]);
    assert_eq!(reading.search_lexical("apples", 1, &Scope::default()).unwrap().len(), 1);
    store(&writing, &document("/b.txt", &["pears"]));
    assert_eq!(found(&reading, "pears"), ["pears"]);

    let refused = reading.store_document(&document("/c.txt", &["plums"]));
    let Err(Error::InUse { holder: Some(holder), .. }) = &refused else { panic!("{refused:?}") };
    assert_eq!(holder.process, std::process::id());
    assert!(env::current_exe().unwrap().to_string_lossy().contains(&holder.program), "{holder:?}");
    assert!(matches!(reading.remove_documents(&[]), Err(Error::InUse { .. })));
    assert!(matches!(reading.save_index(&never), Err(Error::InUse { .. })));
    reading.create_conversation("Questions are asked meanwhile").unwrap();

    drop(writing);
    store(&reading, &document("/c.txt", &["plums"]));
    assert_eq!(found(&reading, "plums"), ["plums"]);
    assert_eq!(space(&reading), reading.active_space().unwrap().unwrap().0);
}

#[test]
fn threads_of_one_process_share_a_library() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let library = &library;
    std::thread::scope(|scope| {
        for thread in 0..3 {
            scope.spawn(move || {
                for number in 0..20 {
                    let text = format!("thread {thread} text {number}");
                    store(library, &document(&format!("/{text}"), &[&text]));
                    let hits = library.search_dense(&vector_of_chunk(&text), 1, &Scope::default()).unwrap();
                    assert_eq!(texts(library, &hits), [text]);
                }
            });
        }
        scope.spawn(|| (0..10).for_each(|_| library.save_index(&never).unwrap()));
    });
    let status = library.status().unwrap();
    assert_eq!((status.documents, status.vectors, status.index.unwrap().count), (60, 60, 60));
}

const DIRECTORY: &str = "FOOTNOTE_TEST_WRITE_INTO";
const DOCUMENTS: usize = 60;

/// What the other process does; half of the way it waits until something of it was found.
fn write_many(directory: &Path) {
    let library = Library::open(directory).unwrap();
    for number in 0..DOCUMENTS {
        while number == DOCUMENTS / 2 && !directory.join("found").exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let text = format!("keeper number{number} lit the lamp");
        store(&library, &document(&format!("/{}.txt", number % 50), &[&text]));
    }
    library.save_index(&never).unwrap();
    library.release();
}

#[test]
fn a_search_finds_what_another_process_is_storing() {
    if let Some(directory) = env::var_os(DIRECTORY) {
        return write_many(Path::new(&directory));
    }
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let mut writing = Command::new(env::current_exe().unwrap())
        .args(["--exact", "processes::a_search_finds_what_another_process_is_storing"])
        .env(DIRECTORY, directory.path())
        .spawn()
        .unwrap();
    let found = |query: &str| library.search_lexical(query, 100, &Scope::default()).unwrap();
    let started = Instant::now();
    let mut sizes = Vec::new();
    while writing.try_wait().unwrap().is_none() {
        sizes.push(found("keeper lamp").len());
        if sizes.last() > Some(&0) {
            fs::write(directory.path().join("found"), "").unwrap();
        }
        assert!(started.elapsed() < Duration::from_secs(60));
    }
    assert!(writing.wait().unwrap().success());
    assert!(sizes.iter().any(|size| (1..50).contains(size)), "{sizes:?}");
    assert_eq!(found("keeper lamp").len(), 50);
    for number in 10..DOCUMENTS {
        assert_eq!(found(&format!("number{number}")).len(), 1, "{number}");
    }
    store(&library, &document("/51.txt", &["the other may write now"]));
    assert_eq!(found("other").len(), 1);
}

const READ_FROM: &str = "FOOTNOTE_TEST_READ_FROM";
/// How long two processes read while one writes; longer runs are asked for with this variable.
const SECONDS: &str = "FOOTNOTE_TEST_SECONDS";

/// Of so many documents each is replaced in its turn.
const PATHS: usize = 40;

/// What a reading process does until the writing one has ended: it finds what that has reported as stored.
fn read_all_along(directory: &Path) {
    let library = Library::open(directory).unwrap();
    let mut compared = 0;
    while !directory.join("ended").exists() {
        let stored = fs::read_to_string(directory.join("stored")).unwrap_or_default();
        let Ok(number) = stored.parse::<usize>() else { continue };
        let text = format!("keeper number{number} lit the lamp");
        let near = library.search_dense(&vector_of_chunk(&text), 1, &Scope::default()).unwrap();
        // It may have been replaced by now, even since it was found, but no older text stands in its place.
        let found = texts(&library, &near);
        if found.is_empty() && !near.is_empty() {
            continue;
        }
        let newer = |text: &String| {
            text.split_once("number").is_some_and(|(_, rest)| {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<usize>().is_ok_and(|found| found >= number)
            })
        };
        assert!(found.iter().any(newer), "{number}: {found:?}");
        let by_words = library.search_lexical(&format!("number{number}"), 1, &Scope::default()).unwrap();
        assert!(
            !texts(&library, &by_words).is_empty() || is_replaced(directory, number),
            "{number} by its words"
        );
        compared += 1;
        assert_eq!(library.conversations("").unwrap().len(), 1);
    }
    assert!(compared > 10, "{compared} searches were compared");
}

/// Whether the document with this number may have made way for a later one.
fn is_replaced(directory: &Path, number: usize) -> bool {
    let stored = fs::read_to_string(directory.join("stored")).unwrap();
    // The next may be stored and not reported yet.
    stored.parse::<usize>().unwrap() + 1 >= number + PATHS
}

#[test]
fn readers_find_what_another_process_has_reported_as_stored() {
    if let Some(directory) = env::var_os(READ_FROM) {
        return read_all_along(Path::new(&directory));
    }
    let seconds = env::var(SECONDS).ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(3);
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    library.create_conversation("Meanwhile").unwrap();
    let readers: Vec<_> = (0..2)
        .map(|_| {
            Command::new(env::current_exe().unwrap())
                .args(["--exact", "processes::readers_find_what_another_process_has_reported_as_stored"])
                .env(READ_FROM, directory.path())
                .spawn()
                .unwrap()
        })
        .collect();
    let (started, mut number) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(seconds) {
        let text = format!("keeper number{number} lit the lamp");
        store(&library, &document(&format!("/{}.txt", number % PATHS), &[&text]));
        let whole = directory.path().join("stored.new");
        fs::write(&whole, number.to_string()).unwrap();
        fs::rename(whole, directory.path().join("stored")).unwrap();
        number += 1;
        if number % 25 == 0 {
            library.save_index(&never).unwrap();
            library.release();
        }
    }
    library.save_index(&never).unwrap();
    library.release();
    fs::write(directory.path().join("ended"), "").unwrap();
    for mut reader in readers {
        assert!(reader.wait().unwrap().success());
    }
    assert!(number > 10, "{number} documents were stored");
}
